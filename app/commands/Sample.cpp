#include "core/ingest/sample/Sample.h"
#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/Usage.h"

#include <fmt/format.h>

namespace transept::app {
namespace {

struct SampleArguments
{
    std::string workspace;
    std::string size = "small";
    std::string language = "en";
    std::uint64_t seed = 1;
    bool json = false;
};

int runSample(const SampleArguments& options, const JobContext& context)
{
    const SampleOptions sampleOptions{
        .size = options.size == "large" ? SampleOptions::Size::Large : SampleOptions::Size::Small,
        .language = options.language == "zh" ? sample::Language::Chinese : sample::Language::English,
        .seed = options.seed};
    const Result<SampleReport> report = makeSample(options.workspace, sampleOptions, context);
    if (!report) {
        return complain(report.error());
    }
    if (options.json) {
        print({{"workspace", options.workspace},
               {"folder", report->folder.string()},
               {"read", report->read},
               {"imported", report->imported},
               {"rejected", report->rejected},
               {"skipped", report->skipped},
               {"seconds", report->seconds}});
        return 0;
    }
    fmt::print("{}: {} rows read, {} imported, {} rejected, {} skipped in {:.1f} s; the files are in {}\n",
               options.workspace,
               report->read,
               report->imported,
               report->rejected,
               report->skipped,
               report->seconds,
               report->folder.string());
    return 0;
}

} // namespace

void addSample(CLI::App& program, Action& chosen)
{
    CLI::App* command = program.add_subcommand(
        "sample", "Generated books, films and music with a known truth, in a new workspace");
    const auto options = std::make_shared<SampleArguments>();
    command->add_option("workspace", options->workspace, "The file to make")->required();
    command->add_option("--size", options->size, "small: 2,000 people; large: 5 million ratings")
        ->check(oneOf({"small", "large"}));
    command->add_option("--language", options->language, "Of titles and descriptions")
        ->check(oneOf({"en", "zh"}));
    command->add_option("--seed", options->seed, "Same seed, same bytes");
    command->add_flag("--json", options->json, "One JSON document");
    command->footer("Example: transept sample demo.transept --language zh");
    command->callback([options, &chosen] {
        chosen = [options](const JobContext& context) { return runSample(*options, context); };
    });
}

} // namespace transept::app
