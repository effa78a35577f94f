#pragma once

#include <QtCore/QString>

#include <string>

namespace transept::ui {

/// How people read the name of a measure in a spec: "NDCG@10", "Recall at 10", "RMSE", "NDCG@10 (99
/// sampled)".
QString measureTitle(const std::string& measure);

/// In a sentence or two; empty for no measure.
QString measureMeaning(const std::string& measure);

/// What was measured on the validation part is named "valid rmse", as curves are; on the test set "rmse".
std::string onValidation(const std::string& measure);
bool isOnValidation(const std::string& name);
std::string measureOf(const std::string& name); ///< "rmse" for both

} // namespace transept::ui
