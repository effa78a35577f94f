#include "core/experiment/SplitJson.h"

#include "core/base/Parameter.h"
#include "core/experiment/JsonFields.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace transept {
namespace {

template<typename Value, std::size_t Count>
using Words = std::array<std::pair<Value, std::string_view>, Count>;

constexpr Words<SplitSpec::Kind, 9> kindWords{{{SplitSpec::Kind::Warm, "warm"},
                                               {SplitSpec::Kind::LeaveOneOut, "leave-one-out"},
                                               {SplitSpec::Kind::Temporal, "temporal"},
                                               {SplitSpec::Kind::CrossTime, "cross-time"},
                                               {SplitSpec::Kind::ColdUser, "cold-user"},
                                               {SplitSpec::Kind::ColdItem, "cold-item"},
                                               {SplitSpec::Kind::CrossGroup, "cross-group"},
                                               {SplitSpec::Kind::KFold, "k-fold"},
                                               {SplitSpec::Kind::Given, "given"}}};

constexpr Words<SplitSpec::Groups, 3> groupsWords{{{SplitSpec::Groups::Activity, "activity"},
                                                   {SplitSpec::Groups::Domain, "domain"},
                                                   {SplitSpec::Groups::Field, "field"}}};

template<typename Value, std::size_t Count>
std::string_view wordIn(const Words<Value, Count>& words, Value value)
{
    const auto found = std::ranges::find(words, value, &std::pair<Value, std::string_view>::first);
    return found == words.end() ? std::string_view() : found->second;
}

/// One of the words, as a choice has been checked to be.
template<typename Value, std::size_t Count>
Value valueIn(const Words<Value, Count>& words, std::string_view word)
{
    const auto found = std::ranges::find(words, word, &std::pair<Value, std::string_view>::second);
    return found == words.end() ? Value{} : found->first;
}

template<typename Value, std::size_t Count>
Parameter choiceOf(const char* name, const Words<Value, Count>& words)
{
    Parameter choice{
        .name = name, .type = Parameter::Type::Choice, .preset = std::string(words.front().second)};
    for (const auto& [value, word] : words) {
        choice.choices.emplace_back(word);
    }
    return choice;
}

/// The scalar keys of "split", in the words that methods use for their parameters: one check, one wording.
const std::vector<Parameter>& splitParameters()
{
    using Type = Parameter::Type;
    constexpr double mostFolds = 1000;
    const SplitSpec preset;
    static const std::vector<Parameter> parameters{
        choiceOf("kind", kindWords),
        {.name = "share", .type = Type::Real, .preset = preset.share, .low = 0.001, .high = 0.999},
        {.name = "validation", .type = Type::Real, .preset = preset.validation, .low = 0.0, .high = 0.9},
        {.name = "folds", .type = Type::Integer, .preset = preset.folds, .low = 2, .high = mostFolds},
        {.name = "fold", .type = Type::Integer, .preset = preset.fold, .low = 0, .high = mostFolds - 1},
        {.name = "order", .type = Type::Choice, .preset = "random", .choices = {"file", "random"}},
        choiceOf("groups", groupsWords),
        {.name = "field", .type = Type::Text, .preset = ""},
        {.name = "history", .type = Type::Real, .preset = preset.history, .low = 0.0, .high = 0.999},
        {.name = "periods", .type = Type::Integer, .preset = preset.periods, .low = 2, .high = mostFolds},
        {.name = "window", .type = Type::Integer, .preset = preset.window, .low = 0, .high = mostFolds},
        {.name = "gap", .type = Type::Integer, .preset = preset.gap, .low = 0, .high = mostFolds},
        {.name = "refit", .type = Type::Flag, .preset = preset.refit},
        {.name = "seed", .type = Type::Integer, .preset = preset.seed, .low = 0, .high = largestWhole}};
    return parameters;
}

Result<std::array<double, 3>> readRatios(const Json& value)
{
    constexpr double tolerance = 1e-6;
    if (value.is_null()) {
        return SplitSpec{}.ratios;
    }
    const bool threeNumbers =
        value.is_array() && value.size() == 3 &&
        std::all_of(value.begin(), value.end(), [](const Json& each) { return each.is_number(); });
    if (!threeNumbers) {
        return mustBe("split.ratios", "three numbers: training, validation and test, as in [0.8, 0.1, 0.1]");
    }
    const auto ratios = value.get<std::array<double, 3>>();
    const double sum = ratios[0] + ratios[1] + ratios[2];
    if (!(std::abs(sum - 1.0) < tolerance) || !(ratios[0] > 0.0) || ratios[1] < 0.0 || !(ratios[2] > 0.0)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE(
                        "errors",
                        "split.ratios is %1. The three shares (training, validation, test) must add up to 1; "
                        "training and test must be above 0."),
                    {value.dump()});
    }
    return ratios;
}

/// How many folds there are to choose from; nothing for kinds without.
std::optional<int> foldsOf(const SplitSpec& spec)
{
    return spec.kind == SplitSpec::Kind::KFold       ? std::optional(spec.folds)
           : spec.kind == SplitSpec::Kind::CrossTime ? std::optional(timeFolds(spec))
                                                     : std::nullopt;
}

Status checkFold(const SplitSpec& spec)
{
    const std::optional<int> folds = foldsOf(spec);
    if (folds && *folds < 1) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "split.periods is %1 and split.gap %2: no period is left to test. Take more "
                                 "periods than gap + 1."),
                    {std::to_string(spec.periods), std::to_string(spec.gap)});
    }
    if (folds && spec.fold >= *folds) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "split.fold is %1; with %2 folds it must lie between 0 and %3."),
                    {std::to_string(spec.fold), std::to_string(*folds), std::to_string(*folds - 1)});
    }
    return {};
}

Status checkGroups(const SplitSpec& spec)
{
    if (spec.kind != SplitSpec::Kind::CrossGroup) {
        return {};
    }
    if (spec.tested.empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "split.tested is empty. Name the groups of people that are tested, as in "
                                 "[\"light\"]; by activity there are light, medium and heavy."));
    }
    if (spec.groups == SplitSpec::Groups::Field && spec.field.empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "split.field is empty. Name the field of the users that tells the groups "
                                 "apart."));
    }
    return {};
}

} // namespace

Result<SplitSpec> splitFrom(const Json& given)
{
    const Json document = given.is_null() ? Json::object() : given;
    const Result<Parameters> values =
        checkParameters(splitParameters(), document, "split", {"ratios", "tested"});
    if (!values) {
        return passOn(values);
    }
    const auto ratios = readRatios(valueAt(document, "ratios"));
    Result<std::vector<std::string>> tested = textsAt(document, "tested", "split.tested");
    if (!ratios || !tested) {
        return ratios ? passOn(tested) : passOn(ratios);
    }
    SplitSpec spec{.kind = valueIn(kindWords, values->text("kind")),
                   .ratios = *ratios,
                   .share = values->real("share"),
                   .validation = values->real("validation"),
                   .folds = values->integer("folds"),
                   .fold = values->integer("fold"),
                   .order =
                       values->text("order") == "file" ? SplitSpec::Order::File : SplitSpec::Order::Random,
                   .groups = valueIn(groupsWords, values->text("groups")),
                   .field = values->text("field"),
                   .tested = std::move(*tested),
                   .history = values->real("history"),
                   .periods = values->integer("periods"),
                   .window = values->integer("window"),
                   .gap = values->integer("gap"),
                   .refit = values->flag("refit"),
                   .seed = values->json().at("seed").get<std::uint64_t>()};
    const Status sound = checkFold(spec).and_then([&] { return checkGroups(spec); });
    return sound ? Result<SplitSpec>(std::move(spec)) : passOn(sound);
}

Json toJson(const SplitSpec& split)
{
    return {{"kind", wordOf(split.kind)},
            {"ratios", split.ratios},
            {"share", split.share},
            {"validation", split.validation},
            {"folds", split.folds},
            {"fold", split.fold},
            {"order", split.order == SplitSpec::Order::File ? "file" : "random"},
            {"groups", wordIn(groupsWords, split.groups)},
            {"field", split.field},
            {"tested", split.tested},
            {"history", split.history},
            {"periods", split.periods},
            {"window", split.window},
            {"gap", split.gap},
            {"refit", split.refit},
            {"seed", split.seed}};
}

std::string_view wordOf(SplitSpec::Kind kind)
{
    return wordIn(kindWords, kind);
}

} // namespace transept
