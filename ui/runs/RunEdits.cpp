#include "ui/runs/RunEdits.h"

#include "core/store/Deletion.h"
#include "ui/runs/RunTableModel.h"
#include "ui/shell/Session.h"

#include <QtCore/QCoreApplication>

namespace transept::ui::runedits {
namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(transept::ui::RunEdits)
};

/// Deletes or brings back all of them, or none.
Session::Write deletion(const std::vector<RunId>& runs, bool deleted)
{
    std::vector<std::string> names;
    for (const RunId run : runs) {
        names.push_back(std::to_string(number(run)));
    }
    return [names = std::move(names), deleted](const Workspace& workspace) {
        return deleted ? deleteNamed(workspace, Deletable::Run, names)
                       : restoreNamed(workspace, Deletable::Run, names);
    };
}

} // namespace

void rename(Session& session, const RunRecord& run, const QString& name)
{
    const auto to = [id = run.id](std::string text) -> Session::Write {
        return [id, text = std::move(text)](const Workspace& workspace) {
            return RunStore(workspace).rename(id, text);
        };
    };
    session.edit(Texts::tr("rename run"), Change::Runs, to(name.toStdString()), to(run.name));
}

void setNote(Session& session, const RunRecord& run, const QString& note)
{
    const auto to = [id = run.id](std::string text) -> Session::Write {
        return [id, text = std::move(text)](const Workspace& workspace) {
            return RunStore(workspace).setNote(id, text);
        };
    };
    session.edit(Texts::tr("change note"), Change::Runs, to(note.toStdString()), to(run.note));
}

void setStar(Session& session, const RunRecord& run, bool star)
{
    const auto to = [id = run.id](bool on) -> Session::Write {
        return [id, on](const Workspace& workspace) { return RunStore(workspace).setStar(id, on); };
    };
    session.edit(star ? Texts::tr("star run") : Texts::tr("remove star"), Change::Runs, to(star), to(!star));
}

void remove(Session& session, const std::vector<RunId>& runs)
{
    if (!runs.empty()) {
        session.edit(Texts::tr("delete %n run(s)", nullptr, static_cast<int>(runs.size())),
                     Change::Runs,
                     deletion(runs, true),
                     deletion(runs, false));
    }
}

void follow(Session& session, RunTableModel& model)
{
    QObject::connect(
        &model, &RunTableModel::renameWanted, &session, [&session, &model](RunId id, const QString& name) {
            if (const RunRecord* run = model.run(id)) {
                rename(session, *run, name);
            }
        });
    QObject::connect(
        &model, &RunTableModel::noteWanted, &session, [&session, &model](RunId id, const QString& note) {
            if (const RunRecord* run = model.run(id)) {
                setNote(session, *run, note);
            }
        });
    QObject::connect(&model, &RunTableModel::starWanted, &session, [&session, &model](RunId id, bool star) {
        if (const RunRecord* run = model.run(id)) {
            setStar(session, *run, star);
        }
    });
}

} // namespace transept::ui::runedits
