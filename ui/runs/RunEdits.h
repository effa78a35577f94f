#pragma once

#include "core/base/Ids.h"

#include <QtCore/QString>

#include <vector>

namespace transept {
struct RunRecord;
}

namespace transept::ui {

class RunTableModel;
class Session;

/// The changes that people make to stored runs, each of which can be undone.
namespace runedits {

void rename(Session& session, const RunRecord& run, const QString& name);
void setNote(Session& session, const RunRecord& run, const QString& note);
void setStar(Session& session, const RunRecord& run, bool star);
void remove(Session& session, const std::vector<RunId>& runs);

/// Makes what is typed into the table happen.
void follow(Session& session, RunTableModel& model);

} // namespace runedits
} // namespace transept::ui
