#include "core/experiment/Controls.h"

#include "core/evaluation/Measures.h"
#include "core/store/KnowledgeStore.h"

#include <algorithm>

namespace transept {
namespace {

bool needsKnowledge(const std::string& measure)
{
    const Result<MeasureName> name = parseMeasure(measure, "measures");
    return name && describe(*name).needsKnowledge;
}

/// A finished base of the lexical extractor that read nothing but titles; empty when there is none.
Result<std::string> titlesOnly(const Workspace& workspace)
{
    const Result<std::vector<KnowledgeBase>> bases = KnowledgeStore(workspace).all();
    if (!bases) {
        return passOn(bases);
    }
    const auto found = std::ranges::find_if(*bases, [](const KnowledgeBase& base) {
        return base.extractor == "lexical" && base.state == "finished" && base.config.is_object() &&
               base.config.value("fields", Json()) == Json::array({"title"});
    });
    return found == bases->end() ? std::string() : found->name;
}

/// A control before it is known whether it can be run.
struct Candidate
{
    std::string name;
    Result<Spec> spec;
};

Status addKnowledgeControls(const Workspace& workspace, const Spec& spec, std::vector<Candidate>& candidates)
{
    if (!traitsOf(spec).usesKnowledge || spec.knowledge.empty()) {
        return {};
    }
    Spec without = spec;
    without.knowledge.clear();
    without.knowledgeTerms.clear();
    without.shuffleKnowledge = false;
    candidates.push_back({.name = TRANSLATABLE("runs", "control: no knowledge"), .spec = std::move(without)});
    if (!spec.shuffleKnowledge) {
        Spec shuffled = spec;
        shuffled.shuffleKnowledge = true;
        candidates.push_back(
            {.name = TRANSLATABLE("runs", "control: shuffled knowledge"), .spec = std::move(shuffled)});
    }
    const Result<std::string> titles = titlesOnly(workspace);
    if (!titles) {
        return passOn(titles);
    }
    if (!titles->empty()) {
        Spec lexical = spec;
        lexical.knowledge = *titles;
        lexical.knowledgeTerms.clear();
        lexical.shuffleKnowledge = false;
        candidates.push_back(
            {.name = TRANSLATABLE("runs", "control: titles only"), .spec = std::move(lexical)});
    }
    return {};
}

Json withoutName(const Spec& spec)
{
    Json document = toJson(spec);
    document.erase("name");
    return document;
}

} // namespace

Result<Spec> withMethod(const Spec& spec, std::string_view method, const Json& parameters)
{
    const Result<const MethodDescription*> described = findMethod(method);
    Result<Parameters> checked =
        described ? checkParameters((*described)->parameters, parameters, "method") : passOn(described);
    if (!checked) {
        return passOn(checked);
    }
    Spec control = spec;
    control.method = method;
    control.parameters = std::move(*checked);
    control.shuffleKnowledge = false;
    control.start.reset();
    if (std::ranges::none_of(spec.measures, needsKnowledge)) {
        control.knowledge.clear();
        control.knowledgeTerms.clear();
    }
    return control;
}

PlainMean plainMeanOf(const Spec& spec)
{
    if (spec.method == "popularity") {
        return spec.parameters.text("by") == "mean" ? PlainMean::Item : PlainMean::None;
    }
    const std::string terms = spec.method == "bias" ? spec.parameters.text("terms") : "both";
    return terms == "none"   ? PlainMean::Global
           : terms == "item" ? PlainMean::Item
           : terms == "user" ? PlainMean::User
                             : PlainMean::None;
}

Result<std::vector<Spec>> controlsOf(const Workspace& workspace, const Spec& spec)
{
    const Result<Domain> target = Catalog(workspace).domain(spec.data.target);
    if (!target) {
        return passOn(target);
    }
    std::vector<Candidate> candidates{{.name = TRANSLATABLE("runs", "control: popularity"),
                                       .spec = withMethod(spec, "popularity", Json::object())}};
    if (target->kind == FeedbackKind::Explicit) {
        const auto add = [&](std::string name, const char* method, const Json& parameters) {
            candidates.push_back({.name = std::move(name), .spec = withMethod(spec, method, parameters)});
        };
        add(TRANSLATABLE("runs", "control: global mean"), "bias", {{"terms", "none"}});
        // The least shrinkage that the methods have: the mean itself.
        add(TRANSLATABLE("runs", "control: item mean"), "popularity", {{"by", "mean"}, {"shrinkage", 0.1}});
        add(TRANSLATABLE("runs", "control: user mean"), "bias", {{"terms", "user"}, {"lambda-user", 0.01}});
        add(TRANSLATABLE("runs", "control: bias"), "bias", Json::object());
        add(TRANSLATABLE("runs", "control: carried bias"), "carried-bias", Json::object());
    }
    if (const Status added = addKnowledgeControls(workspace, spec, candidates); !added) {
        return passOn(added);
    }
    std::vector<Spec> controls;
    for (Candidate& candidate : candidates) {
        if (!candidate.spec) {
            return passOn(candidate.spec);
        }
        const bool isItself = withoutName(*candidate.spec) == withoutName(spec);
        if (!isItself && checkNeeds(workspace, *candidate.spec)) {
            candidate.spec->name = candidate.name;
            controls.push_back(std::move(*candidate.spec));
        }
    }
    return controls;
}

} // namespace transept
