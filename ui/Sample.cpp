#include "ui/Sample.h"

#include "core/ingest/sample/Sample.h"

namespace transept::ui {

Status makeSampleIn(const std::filesystem::path& workspace,
                    const QString& language,
                    const JobContext& context)
{
    const bool isChinese = language.startsWith(QStringLiteral("zh"));
    const Result<SampleReport> made = makeSample(
        workspace, {.language = isChinese ? sample::Language::Chinese : sample::Language::English}, context);
    if (!made) {
        return passOn(made);
    }
    return {};
}

} // namespace transept::ui
