#include "core/experiment/SplitJson.h"

#include "core/base/Parameter.h"
#include "core/experiment/JsonFields.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace transept {
namespace {

constexpr std::array<std::pair<SplitSpec::Kind, std::string_view>, 7> kindWords{
    {{SplitSpec::Kind::Warm, "warm"},
     {SplitSpec::Kind::LeaveOneOut, "leave-one-out"},
     {SplitSpec::Kind::Temporal, "temporal"},
     {SplitSpec::Kind::ColdUser, "cold-user"},
     {SplitSpec::Kind::ColdItem, "cold-item"},
     {SplitSpec::Kind::KFold, "k-fold"},
     {SplitSpec::Kind::Given, "given"}}};

/// The scalar keys of "split", in the words that methods use for their parameters: one check, one wording.
const std::vector<Parameter>& splitParameters()
{
    using Type = Parameter::Type;
    static const std::vector<Parameter> parameters = [] {
        const SplitSpec preset;
        std::vector<std::string> kinds;
        for (const auto& [kind, word] : kindWords) {
            kinds.emplace_back(word);
        }
        return std::vector<Parameter>{
            {.name = "kind", .type = Type::Choice, .preset = "warm", .choices = kinds},
            {.name = "share", .type = Type::Real, .preset = preset.share, .low = 0.001, .high = 0.999},
            {.name = "validation", .type = Type::Real, .preset = preset.validation, .low = 0.0, .high = 0.9},
            {.name = "folds", .type = Type::Integer, .preset = preset.folds, .low = 2, .high = 1000},
            {.name = "fold", .type = Type::Integer, .preset = preset.fold, .low = 0, .high = 999},
            {.name = "order", .type = Type::Choice, .preset = "random", .choices = {"file", "random"}},
            {.name = "seed", .type = Type::Integer, .preset = preset.seed, .low = 0, .high = largestWhole}};
    }();
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

} // namespace

Result<SplitSpec> splitFrom(const Json& given)
{
    const Json document = given.is_null() ? Json::object() : given;
    const Result<Parameters> values = checkParameters(splitParameters(), document, "split", {"ratios"});
    if (!values) {
        return passOn(values);
    }
    const auto ratios = readRatios(valueAt(document, "ratios"));
    if (!ratios) {
        return passOn(ratios);
    }
    SplitSpec spec{.ratios = *ratios,
                   .share = values->real("share"),
                   .validation = values->real("validation"),
                   .folds = values->integer("folds"),
                   .fold = values->integer("fold"),
                   .order =
                       values->text("order") == "file" ? SplitSpec::Order::File : SplitSpec::Order::Random,
                   .seed = values->json().at("seed").get<std::uint64_t>()};
    for (const auto& [kind, word] : kindWords) {
        if (word == values->text("kind")) {
            spec.kind = kind;
        }
    }
    if (spec.kind == SplitSpec::Kind::KFold && spec.fold >= spec.folds) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "split.fold is %1; with %2 folds it must lie between 0 and %3."),
                    {std::to_string(spec.fold), std::to_string(spec.folds), std::to_string(spec.folds - 1)});
    }
    return spec;
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
            {"seed", split.seed}};
}

std::string_view wordOf(SplitSpec::Kind kind)
{
    for (const auto& [each, word] : kindWords) {
        if (each == kind) {
            return word;
        }
    }
    return {};
}

} // namespace transept
