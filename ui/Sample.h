#pragma once

#include "core/base/Job.h"

#include <QtCore/QString>

#include <filesystem>

namespace transept::ui {

/// Makes a workspace with the generated sample, its titles and descriptions in English or, for "zh_CN", in
/// Chinese.
Status makeSampleIn(const std::filesystem::path& workspace,
                    const QString& language,
                    const JobContext& context);

} // namespace transept::ui
