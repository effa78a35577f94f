#include "core/knowledge/Forecast.h"

#include "core/base/Random.h"
#include "core/knowledge/ServerParameters.h"
#include "core/store/PriceTable.h"

#include <boost/math/distributions/students_t.hpp>

namespace transept {
namespace {

/// The texts that are still to be paid for, of equal ones the first.
struct Unanswered
{
    std::vector<const ItemText*> texts;
    std::int64_t fromCache = 0;
    std::int64_t repeated = 0;
};

Result<Unanswered> unansweredOf(const Interviewer& interviewer,
                                std::span<const ItemText> texts,
                                const std::string& url,
                                ReplyCache cache,
                                const JobContext& context)
{
    Unanswered left;
    std::unordered_set<std::string> seen;
    for (const ItemText& text : texts) {
        if (const Status goOn = context.checkpoint(); !goOn) {
            return passOn(goOn);
        }
        std::string hash = hashOf(interviewer, text, url);
        const Result<std::optional<std::string>> cached = cache.find(hash);
        if (!cached) {
            return passOn(cached);
        }
        if (*cached) {
            ++left.fromCache;
        } else if (seen.insert(std::move(hash)).second) {
            left.texts.push_back(&text);
        } else {
            ++left.repeated;
        }
    }
    return left;
}

/// The sum of `count` values more, by those that were seen: mean and Student's prediction interval,
///   count m +- t(.975, n - 1) s sqrt(count^2 / n + count).
Expected sumOf(std::int64_t count, std::span<const double> seen)
{
    const auto n = static_cast<double>(seen.size());
    const auto more = static_cast<double>(count);
    const double mean = std::accumulate(seen.begin(), seen.end(), 0.0) / n;
    if (seen.size() < 2) {
        return {.value = more * mean, .low = more * mean, .high = more * mean};
    }
    double squares = 0.0;
    for (const double value : seen) {
        squares += (value - mean) * (value - mean);
    }
    const double deviation = std::sqrt(squares / (n - 1.0));
    const double t = boost::math::quantile(boost::math::students_t(n - 1.0), 0.975);
    const double reach = t * deviation * std::sqrt(more * more / n + more);
    return {.value = more * mean, .low = std::max(0.0, more * mean - reach), .high = more * mean + reach};
}

Expected certainly(double value)
{
    return {.value = value, .low = value, .high = value};
}

Expected scaled(const Expected& each, double factor)
{
    return {.value = factor * each.value, .low = factor * each.low, .high = factor * each.high};
}

/// Without asking: by the length of the texts.
void judgeByLength(const Interviewer& interviewer, const Unanswered& left, ExtractionForecast& forecast)
{
    double in = 0.0;
    const std::span<const ItemText* const> texts(left.texts);
    const std::size_t together = interviewer.textsPerRequest();
    for (std::size_t first = 0; first < texts.size(); first += together) {
        const auto request = interviewer.requestFor(
            texts.subspan(first, std::min(together, texts.size() - first)), interviewer.firstManner());
        in += static_cast<double>(estimatedTokensOf(request));
    }
    forecast.tokensIn = certainly(in);
    forecast.tokensOut =
        certainly(static_cast<double>(interviewer.usualTokensOut()) * static_cast<double>(texts.size()));
}

/// Some of what is left, drawn at random, and taken away from it.
std::vector<ItemText> draw(Unanswered& left, std::size_t count)
{
    Random random(1);
    random.shuffle(std::span(left.texts));
    std::vector<ItemText> drawn;
    for (; drawn.size() < count && !left.texts.empty(); left.texts.pop_back()) {
        drawn.push_back(*left.texts.back());
    }
    return drawn;
}

/// `requests` were to be made; some were asked once more, and so it will be with what is left.
void judgeBySample(const InterviewReport& sample,
                   std::int64_t requests,
                   int lines,
                   ExtractionForecast& forecast)
{
    forecast.calls = (forecast.calls * sample.calls + requests - 1) / requests;
    std::vector<double> in;
    std::vector<double> out;
    for (const TokenBound& spent : sample.spent) {
        in.push_back(static_cast<double>(spent.in));
        out.push_back(static_cast<double>(spent.out));
    }
    forecast.sampled = sample.calls;
    forecast.tokensIn = sumOf(forecast.calls, in);
    forecast.tokensOut = sumOf(forecast.calls, out);
    forecast.seconds = scaled(sumOf(forecast.calls, sample.latencies), 1.0 / lines);
}

std::int64_t requestsFor(const Interviewer& interviewer, std::size_t texts)
{
    const std::size_t together = interviewer.textsPerRequest();
    return static_cast<std::int64_t>((texts + together - 1) / together);
}

Status addMoney(const Workspace& workspace, const std::string& model, ExtractionForecast& forecast)
{
    const Result<std::optional<ModelPrice>> price = PriceTable(workspace).of(model);
    if (!price) {
        return passOn(price);
    }
    if (*price) {
        const Price each = priceOf(**price);
        forecast.money = {.value = each.of(forecast.tokensIn.value, forecast.tokensOut.value),
                          .low = each.of(forecast.tokensIn.low, forecast.tokensOut.low),
                          .high = each.of(forecast.tokensIn.high, forecast.tokensOut.high)};
        forecast.currency = (*price)->currency;
    }
    return {};
}

} // namespace

Result<ExtractionForecast> forecastAbout(const Interviewer& interviewer,
                                         std::span<const ItemText> texts,
                                         const Workspace& workspace,
                                         const Extraction& extraction,
                                         int sample,
                                         const JobContext& context)
{
    const KnowledgeStore store(workspace);
    Result<Unanswered> left = unansweredOf(
        interviewer, texts, baseAddress(extraction.settings.text("url")), store.replyCache(), context);
    if (!left) {
        return passOn(left);
    }
    ExtractionForecast forecast{.items = static_cast<std::int64_t>(texts.size()),
                                .fromCache = left->fromCache,
                                .repeated = left->repeated};
    if (sample > 0 && !left->texts.empty()) {
        const Result<InterviewOptions> options = interviewOptions(workspace, extraction);
        if (!options) {
            return passOn(options);
        }
        const std::vector<ItemText> drawn =
            draw(*left, static_cast<std::size_t>(sample) * interviewer.textsPerRequest());
        const Result<InterviewReport> asked = interview(
            interviewer,
            drawn,
            *options,
            store.replyCache(),
            [&](const ExtractionStep& step) { return store.keepReplies(step.replies); },
            context);
        if (!asked) {
            return passOn(asked);
        }
        forecast.calls = requestsFor(interviewer, left->texts.size());
        if (asked->calls > 0) {
            judgeBySample(*asked, requestsFor(interviewer, drawn.size()), options->lines, forecast);
        }
    }
    if (forecast.sampled == 0) {
        forecast.calls = requestsFor(interviewer, left->texts.size());
        judgeByLength(interviewer, *left, forecast);
    }
    const Status priced = addMoney(workspace, extraction.settings.text("model"), forecast);
    return priced ? Result<ExtractionForecast>(std::move(forecast)) : passOn(priced);
}

} // namespace transept
