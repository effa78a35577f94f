#include "ui/data/ImportNews.h"

#include "ui/text/Numbers.h"

#include <QtCore/QFileInfo>

namespace transept::ui {

namespace {

QString topicOf(const QString& file)
{
    return QStringLiteral("imported:") + file;
}

QString nameOf(const QString& file)
{
    return QFileInfo(file).fileName(); // splits the text only: asks no disk
}

} // namespace

ImportNews::ImportNews(MessageBar& messages, QObject* parent) : QObject(parent), m_messages(messages) {}

void ImportNews::beginBunch()
{
    m_sum = {};
    m_files = 0;
}

void ImportNews::tell(const QString& file, const ImportReport& report)
{
    show([name = nameOf(file)] { return name; }, report, topicOf(file));
}

void ImportNews::tellOfBunch(const ImportReport& report)
{
    ++m_files;
    m_sum.read += report.read;
    m_sum.imported += report.imported;
    m_sum.rejected += report.rejected;
    m_sum.skipped += report.skipped;
    m_sum.seconds += report.seconds;
    if (report.rejected > 0) {
        m_sum.id = report.id;
    }
    show([files = m_files] { return tr("%n file(s)", "that were imported", files); },
         m_sum,
         QStringLiteral("imported"));
}

void ImportNews::show(LiveText name, const ImportReport& report, const QString& topic)
{
    std::vector<Remedy> remedies;
    if (report.rejected > 0) {
        remedies.push_back({.text = [] { return tr("Show rejected rows"); },
                            .act = [this, id = report.id] { Q_EMIT rejectsWanted(id); }});
    }
    m_messages.show({.kind = report.rejected > 0 ? Message::Kind::Warning : Message::Kind::Good,
                     .text =
                         [name = std::move(name), report] {
                             return tr("%1: %2 rows read = %3 imported + %4 rejected + %5 skipped, in %6.")
                                 .arg(name(),
                                      numbers::count(report.read),
                                      numbers::count(report.imported),
                                      numbers::count(report.rejected),
                                      numbers::count(report.skipped),
                                      numbers::duration(report.seconds));
                         },
                     .remedies = std::move(remedies),
                     .topic = topic});
}

void ImportNews::tellFailed(const QString& file, const Error& error)
{
    if (error.code != ErrorCode::Cancelled) {
        m_messages.show(error, {}, topicOf(file));
        return;
    }
    m_messages.show(
        {.kind = Message::Kind::Info,
         .text =
             [name = nameOf(file)] {
                 return tr("The import of %1 was stopped. What was read is kept, and it can go on "
                           "from there.")
                     .arg(name);
             },
         .remedies = {{.text = [] { return tr("Show imports"); }, .act = [this] { Q_EMIT importsWanted(); }}},
         .topic = topicOf(file)});
}

} // namespace transept::ui
