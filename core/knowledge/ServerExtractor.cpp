#include "core/knowledge/ServerExtractor.h"

#include "core/knowledge/Forecast.h"
#include "core/knowledge/Redaction.h"
#include "core/knowledge/ServerParameters.h"
#include "core/store/PriceTable.h"

namespace transept {
namespace {

/// Asks about one text until the server takes a request, as interview() does.
struct Shown
{
    Json request;
    Exchange exchange;
};
Shown askNow(const Interviewer& interviewer,
             const ItemText& text,
             const ServerSettings& settings,
             const PreviewOptions& options,
             const std::stop_token& stop)
{
    ServerSettings once = settings;
    once.attempts = 1;
    LlmServer server(once);
    const ItemText* const about[] = {&text};
    Manner manner = interviewer.firstManner();
    for (;;) {
        Json request = interviewer.requestFor(about, manner);
        Exchange exchange = interviewer.path() == chatPath ? server.stream(request, options.onText, stop)
                                                           : server.post(interviewer.path(), request, stop);
        const auto next =
            exchange.answer ? std::nullopt : withoutObjection(interviewer, manner, exchange.objection);
        if (!next) {
            return {std::move(request), std::move(exchange)};
        }
        manner = *next;
    }
}

void showAnswer(const Interviewer& interviewer,
                const ItemText& text,
                const Exchange& exchange,
                ExtractionPreview& preview)
{
    if (!exchange.answer) {
        preview.problem = exchange.answer.error();
        return;
    }
    const ServerAnswer& answer = *exchange.answer;
    preview.reply = answer.body.dump(2, ' ', false, Json::error_handler_t::replace);
    preview.tokensIn = answer.tokensIn;
    preview.tokensOut = answer.tokensOut;
    preview.seconds = answer.seconds;
    const Result<std::vector<Json>> replies = interviewer.repliesIn(answer.body, 1);
    const Result<Facts> facts = replies ? interviewer.read(replies->front(), text) : passOn(replies);
    if (facts) {
        preview.facets = facts->facets;
    } else {
        preview.problem = facts.error();
    }
}

} // namespace

ExtractionReport reportOf(const InterviewReport& asked, const Price& price)
{
    return {.calls = asked.calls,
            .retries = asked.retries,
            .fromCache = asked.fromCache,
            .repeated = asked.repeated,
            .repaired = asked.repaired,
            .shortened = asked.shortened,
            .valid = asked.valid,
            .unreadable = asked.unreadable,
            .tokensIn = asked.tokensIn,
            .tokensOut = asked.tokensOut,
            .tokensAreBounds = asked.tokensAreBounds,
            .money = price.of(static_cast<double>(asked.tokensIn), static_cast<double>(asked.tokensOut)),
            .budgetReached = asked.budgetReached};
}

Result<ExtractionReport> runInterview(MakeInterviewer make,
                                      const Workspace& workspace,
                                      const Extraction& extraction,
                                      KnowledgeId id,
                                      const JobContext& context)
{
    const KnowledgeStore store(workspace);
    const auto interviewer = make(extraction);
    Result<InterviewOptions> options = interviewOptions(workspace, extraction);
    if (!interviewer || !options) {
        return interviewer ? passOn(options) : passOn(interviewer);
    }
    if (const Status can = (*interviewer)->checkCanFinish(store, id); !can) {
        return passOn(can);
    }
    const Result<KnowledgeBase> base = store.find(id);
    const Result<std::vector<ItemText>> items = itemsToAsk(workspace, extraction, id, context);
    if (!base || !items) {
        return base ? passOn(items) : passOn(base);
    }
    options->dimension = static_cast<std::size_t>(base->dimension);
    const Result<InterviewReport> asked = interview(
        **interviewer,
        *items,
        *options,
        store.replyCache(),
        [&](const ExtractionStep& step) { return store.commit(id, step); },
        context);
    if (!asked) {
        return passOn(asked);
    }
    if (!asked->budgetReached) {
        if (const Status finished = (*interviewer)->finish(store, id, context); !finished) {
            return passOn(finished);
        }
    }
    return reportOf(*asked, options->price);
}

Result<ExtractionForecast> forecastInterview(MakeInterviewer make,
                                             const Workspace& workspace,
                                             const Extraction& extraction,
                                             int sample,
                                             const JobContext& context)
{
    const auto interviewer = make(extraction);
    const Result<std::vector<ItemText>> items = itemsWithText(workspace, extraction, context);
    if (!interviewer || !items) {
        return interviewer ? passOn(items) : passOn(interviewer);
    }
    return forecastAbout(**interviewer, *items, workspace, extraction, sample, context);
}

Result<ExtractionPreview> previewInterview(MakeInterviewer make,
                                           const Workspace& workspace,
                                           const Extraction& extraction,
                                           const PreviewRequest& request,
                                           const JobContext& context)
{
    const auto interviewer = make(extraction);
    Result<ItemText> text = textOf(workspace, extraction, request.item, context);
    if (!interviewer || !text) {
        return interviewer ? passOn(text) : passOn(interviewer);
    }
    return previewAbout(**interviewer, std::move(*text), workspace, extraction, request.options, context);
}

Result<std::optional<std::string>> cachedReply(MakeInterviewer make,
                                               const Workspace& workspace,
                                               const Extraction& extraction,
                                               ItemId item,
                                               const JobContext& context)
{
    const auto interviewer = make(extraction);
    const Result<InterviewOptions> options = interviewOptions(workspace, extraction);
    Result<ItemText> text = textOf(workspace, extraction, item, context);
    if (!interviewer || !options || !text) {
        return !interviewer ? passOn(interviewer) : options ? passOn(text) : passOn(options);
    }
    Redactions found;
    const ItemText asked = asSent(std::move(*text), extraction.settings, found);
    return KnowledgeStore(workspace).replyCache().find(hashOf(**interviewer, asked, options->server.url));
}

Result<ExtractionPreview> previewAbout(const Interviewer& interviewer,
                                       ItemText text,
                                       const Workspace& workspace,
                                       const Extraction& extraction,
                                       const PreviewOptions& options,
                                       const JobContext& context)
{
    ExtractionPreview preview;
    text = asSent(std::move(text), extraction.settings, preview.redactions);
    const ItemText* const about[] = {&text};
    Json shown = interviewer.requestFor(about, interviewer.firstManner());
    preview.tokensIn = estimatedTokensOf(shown);
    preview.tokensOut = interviewer.usualTokensOut();
    const Result<std::optional<ModelPrice>> price =
        PriceTable(workspace).of(extraction.settings.text("model"));
    if (!price) {
        return passOn(price);
    }
    if (options.ask) {
        const Result<InterviewOptions> how = interviewOptions(workspace, extraction);
        if (!how) {
            return passOn(how);
        }
        Shown asked = askNow(interviewer, text, how->server, options, context.stop);
        if (!asked.exchange.answer && asked.exchange.answer.error().code == ErrorCode::Cancelled) {
            return passOn(asked.exchange.answer);
        }
        shown = std::move(asked.request);
        showAnswer(interviewer, text, asked.exchange, preview);
    }
    preview.request = shown.dump(2, ' ', false, Json::error_handler_t::replace);
    if (*price) {
        preview.money = priceOf(**price).of(static_cast<double>(preview.tokensIn),
                                            static_cast<double>(preview.tokensOut));
        preview.currency = (*price)->currency;
    }
    return preview;
}

} // namespace transept
