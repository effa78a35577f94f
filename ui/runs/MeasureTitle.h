#pragma once

#include <QtCore/QString>

#include <string>

namespace transept::ui {

/// How people read the name of a measure in a spec: "NDCG@10", "Recall at 10", "RMSE".
QString measureTitle(const std::string& measure);

} // namespace transept::ui
