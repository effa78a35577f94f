#include "core/base/Words.h"
#include "core/data/UserGroups.h"
#include "core/experiment/GivenRanking.h"
#include "core/experiment/WarmStart.h"
#include "core/model/Imported.h"
#include "core/store/Catalog.h"
#include "core/store/KnowledgeStore.h"

#include <fmt/format.h>

#include <algorithm>

namespace transept {
namespace {

constexpr int trainPart = static_cast<int>(Part::Train);
constexpr int testPart = static_cast<int>(Part::Test);

tl::unexpected<Error> unknownDomain(const std::string& path,
                                    const std::string& name,
                                    const std::vector<Domain>& domains)
{
    if (domains.empty()) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "%1 is \"%2\", but the workspace is empty. Import data first."),
                    {path, name});
    }
    std::vector<std::string> names;
    for (const Domain& domain : domains) {
        names.push_back(domain.name);
    }
    const auto nearest = nearestWord(name, names);
    return fail(
        ErrorCode::NotFound,
        nearest
            ? TRANSLATABLE("errors", "%1 is \"%2\"; there is no such domain. Did you mean %4? There are: %3.")
            : TRANSLATABLE("errors", "%1 is \"%2\"; there is no such domain. There are: %3."),
        {path, name, listed(names), nearest.value_or("")});
}

Result<Domain> domainAt(const std::string& path, const std::string& name, const std::vector<Domain>& domains)
{
    for (const Domain& domain : domains) {
        if (domain.name == name) {
            return domain;
        }
    }
    return unknownDomain(path, name, domains);
}

struct UsedDomains
{
    Domain target;
    std::vector<Domain> sources;
};

Result<UsedDomains> usedDomains(const Workspace& workspace, const DataSelection& data)
{
    const Result<std::vector<Domain>> all = Catalog(workspace).domains();
    if (!all) {
        return passOn(all);
    }
    const Result<Domain> target = domainAt("data.target", data.target, *all);
    if (!target) {
        return passOn(target);
    }
    UsedDomains used{.target = *target};
    for (std::size_t at = 0; at < data.sources.size(); ++at) {
        Result<Domain> source = domainAt(fmt::format("data.sources[{}]", at), data.sources[at], *all);
        if (!source) {
            return passOn(source);
        }
        used.sources.push_back(std::move(*source));
    }
    return used;
}

/// True when the query, with the domain as its first value, has a row.
Result<bool> anyRow(const Workspace& workspace, std::string_view sql, DomainId domain, std::int64_t second)
{
    Result<Statement> rows = workspace.database().prepare(sql);
    return rows ? rows->bind(1, number(domain)).bind(2, second).step() : passOn(rows);
}

Result<bool> overlaps(const Workspace& workspace, const Domain& target, const Domain& source)
{
    // A person may act under several accounts, so the join goes through persons; the first match ends it.
    return anyRow(workspace,
                  "SELECT 1 FROM account a JOIN account b ON b.person = a.person"
                  " WHERE EXISTS(SELECT 1 FROM interaction WHERE domain = ?1 AND account = a.id)"
                  " AND EXISTS(SELECT 1 FROM interaction WHERE domain = ?2 AND account = b.id) LIMIT 1",
                  target.id,
                  number(source.id));
}

Status checkOverlap(const Workspace& workspace, const UsedDomains& used, const std::string& asker)
{
    std::vector<std::string> names;
    for (const Domain& source : used.sources) {
        const Result<bool> found = overlaps(workspace, used.target, source);
        if (!found) {
            return passOn(found);
        }
        if (*found) {
            return {};
        }
        names.push_back(source.name);
    }
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE(
                    "errors",
                    "%1 needs people who act in %2 and in a source domain; nobody does in %3. Choose another "
                    "source, or link the accounts first."),
                {asker, used.target.name, listed(names)});
}

Status checkSources(const Workspace& workspace, const UsedDomains& used, const Spec& spec, const Needs& needs)
{
    const bool coldUser = spec.split.kind == SplitSpec::Kind::ColdUser;
    const std::string asker = coldUser ? "split.kind cold-user" : spec.method;
    if (!needs.sources && !needs.overlap && !coldUser) {
        return {};
    }
    if (used.sources.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "%1 needs a source domain. Name one or several under data.sources."),
            {asker});
    }
    return needs.overlap || coldUser ? checkOverlap(workspace, used, asker) : Status{};
}

/// `key` is where the spec names it.
tl::unexpected<Error> unknownKnowledge(const std::string& key,
                                       const std::string& name,
                                       const std::vector<KnowledgeBase>& bases)
{
    std::vector<std::string> names;
    for (const KnowledgeBase& base : bases) {
        names.push_back(base.name);
    }
    if (names.empty()) {
        return fail(
            ErrorCode::NotFound,
            TRANSLATABLE("errors",
                         "%1 is \"%2\", but the workspace has no knowledge base yet. Extract one first."),
            {key, name});
    }
    const auto nearest = nearestWord(name, names);
    return fail(
        ErrorCode::NotFound,
        nearest
            ? TRANSLATABLE("errors",
                           "%1 is \"%2\"; there is no such knowledge base. Did you mean %4? There are: %3.")
            : TRANSLATABLE("errors", "%1 is \"%2\"; there is no such knowledge base. There are: %3."),
        {key, name, listed(names), nearest.value_or("")});
}

/// What the finished base has of the target's items, which is something.
Result<KnowledgeCoverage> coverageBy(const Workspace& workspace,
                                     const Domain& target,
                                     const std::string& key,
                                     const std::string& name)
{
    const Result<std::vector<KnowledgeBase>> bases = KnowledgeStore(workspace).all();
    if (!bases) {
        return passOn(bases);
    }
    const auto base = std::find_if(
        bases->begin(), bases->end(), [&](const KnowledgeBase& each) { return each.name == name; });
    if (base == bases->end()) {
        return unknownKnowledge(key, name, *bases);
    }
    if (base->state != "finished") {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The knowledge base %1 is not finished (it is %2). Resume its extraction, or choose "
                         "another one."),
            {name, base->state});
    }
    Result<KnowledgeCoverage> coverage = KnowledgeStore(workspace).coverageOf(base->id, target.id);
    if (!coverage) {
        return passOn(coverage);
    }
    if (!coverage->vectors && !coverage->terms) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "The knowledge base %1 knows no item of %2. Extract knowledge for that domain, or choose "
                "another knowledge base."),
            {name, target.name});
    }
    return coverage;
}

/// The knowledge that a spec names.
Status checkNamedKnowledge(const Workspace& workspace, const Domain& target, const Spec& spec)
{
    const auto own = coverageBy(workspace, target, "knowledge", spec.knowledge);
    if (!own || spec.knowledgeTerms.empty()) {
        return own.map([](const KnowledgeCoverage&) {});
    }
    const auto words = coverageBy(workspace, target, "knowledge_terms", spec.knowledgeTerms);
    if (words && !words->terms) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "knowledge_terms is \"%1\", a knowledge base without terms. Name one of the "
                                 "extractor \"lexical\", or take knowledge_terms out."),
                    {spec.knowledgeTerms});
    }
    return words.map([](const KnowledgeCoverage&) {});
}

Status checkKnowledge(const Workspace& workspace,
                      const UsedDomains& used,
                      const Spec& spec,
                      const Needs& needs)
{
    if (!spec.knowledge.empty()) {
        return checkNamedKnowledge(workspace, used.target, spec);
    }
    if (!needs.knowledge && !needs.terms) {
        return {};
    }
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE(
                    "errors",
                    "%1 needs knowledge of the items. Name a knowledge base under \"knowledge\"; the command "
                    "\"transept knowledge\" extracts one."),
                {spec.method});
}

/// `asker` is what needs times: "split.kind temporal", the name of a method.
Status checkTimes(const Workspace& workspace, const Domain& target, const std::string& asker)
{
    const Result<bool> found =
        anyRow(workspace,
               "SELECT 1 FROM interaction WHERE domain = ?1 AND coalesce(time, ?2) <> ?2 LIMIT 1",
               target.id,
               0);
    if (!found) {
        return passOn(found);
    }
    return *found
               ? Status{}
               : fail(ErrorCode::InvalidInput,
                      TRANSLATABLE("errors",
                                   "%1 needs times, and the interactions of %2 have none. Import them with a "
                                   "time column, or choose otherwise."),
                      {asker, target.name});
}

/// Domains that parameters name must be the target or a source of the run; also in the tables of members.
Status checkNamedDomains(const std::vector<Parameter>& parameters,
                         const Json& values,
                         const DataSelection& data,
                         const std::string& path)
{
    for (const Parameter& parameter : parameters) {
        const std::string place = path + "." + parameter.name;
        const Json& value = values.at(parameter.name);
        if (parameter.type == Parameter::Type::Domain) {
            std::vector<std::string> names = data.sources;
            names.insert(names.begin(), data.target);
            const auto name = value.get<std::string>();
            if (!name.empty() && std::ranges::find(names, name) == names.end()) {
                const auto nearest = nearestWord(name, names);
                return fail(
                    ErrorCode::InvalidInput,
                    nearest
                        ? TRANSLATABLE("errors",
                                       "%1 is \"%2\"; it must be the target or a source of the run, one of "
                                       "%3. Did you mean %4?")
                        : TRANSLATABLE("errors",
                                       "%1 is \"%2\"; it must be the target or a source of the run, one of "
                                       "%3."),
                    {place, name, listed(names), nearest.value_or("")});
            }
        }
        if (parameter.type != Parameter::Type::Table) {
            continue;
        }
        for (std::size_t at = 0; at < value.size(); ++at) {
            const bool isMethod = parameter.completeRow != nullptr;
            const auto method = isMethod ? findMethod(value[at].at("name").get<std::string>())
                                         : Result<const MethodDescription*>(nullptr);
            if (!method) {
                return passOn(method);
            }
            const Status row = checkNamedDomains(isMethod ? (*method)->parameters : parameter.columns,
                                                 value[at],
                                                 data,
                                                 fmt::format("{}[{}]", place, at));
            if (!row) {
                return row;
            }
        }
    }
    return {};
}

Status checkParts(const Workspace& workspace, const Domain& target)
{
    constexpr std::string_view ofPart = "SELECT 1 FROM interaction WHERE domain = ?1 AND part = ?2 LIMIT 1";
    const Result<bool> train = anyRow(workspace, ofPart, target.id, trainPart);
    const Result<bool> test = train ? anyRow(workspace, ofPart, target.id, testPart) : train;
    if (!test) {
        return passOn(test);
    }
    return *train && *test
               ? Status{}
               : fail(ErrorCode::InvalidInput,
                      TRANSLATABLE("errors",
                                   "split.kind given needs interactions of %1 that were imported as parts "
                                   "train and test. Import the files with --part, or choose another split."),
                      {target.name});
}

Status checkField(const Workspace& workspace, const std::string& field)
{
    const Result<std::vector<std::string>> fields = userFields(workspace);
    if (!fields) {
        return passOn(fields);
    }
    if (fields->empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "split.field is \"%1\", but nothing is known about the users of the "
                                 "workspace. Import a file about them with --as users."),
                    {field});
    }
    if (std::ranges::find(*fields, field) == fields->end()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "split.field is \"%1\"; the users have the fields %2."),
                    {field, listed(*fields)});
    }
    return {};
}

Status checkGroups(const Workspace& workspace, const UsedDomains& used, const SplitSpec& split)
{
    if (split.groups == SplitSpec::Groups::Field) {
        return checkField(workspace, split.field);
    }
    if (split.groups == SplitSpec::Groups::Domain && used.sources.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "%1 needs a source domain. Name one or several under data.sources."),
            {"split.groups domain"});
    }
    return {};
}

Status checkSplit(const Workspace& workspace, const UsedDomains& used, const SplitSpec& split)
{
    switch (split.kind) {
    case SplitSpec::Kind::Temporal:
    case SplitSpec::Kind::CrossTime:
        return checkTimes(workspace, used.target, fmt::format("split.kind {}", wordOf(split.kind)));
    case SplitSpec::Kind::CrossGroup:
        return checkGroups(workspace, used, split);
    case SplitSpec::Kind::Given:
        return checkParts(workspace, used.target);
    default:
        return {};
    }
}

Status checkFeedback(const Domain& target, const Spec& spec, const Needs& needs)
{
    if (needs.explicitFeedback && target.kind != FeedbackKind::Explicit) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "%1 learns from ratings, and %2 holds implicit feedback. Choose a method for implicit "
                "feedback, or another target."),
            {spec.method, target.name});
    }
    if (target.kind != FeedbackKind::Explicit || !target.scaleMax) {
        return {};
    }
    for (const auto& [path, value] : {std::pair{"data.positive", spec.data.positive},
                                      std::pair{"data.where.min_value", spec.data.minValue}}) {
        if (value && *value > *target.scaleMax) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "%1 is %2, but the ratings of %3 end at %4: nothing would be left. Lower it."),
                {path, fmt::format("{:g}", *value), target.name, fmt::format("{:g}", *target.scaleMax)});
        }
    }
    return {};
}

} // namespace

Result<Spec> checkedSpec(const Workspace& workspace, const Spec& spec)
{
    if (spec.method == importedMethod) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "These are results of another program (%1): they cannot be computed here. "
                                 "Import them again (import-results), or choose a method."),
                    {spec.parameters.text("program")});
    }
    const Status met = checkSelection(workspace, spec);
    return met ? withStart(workspace, spec) : passOn(met);
}

Status checkNeeds(const Workspace& workspace, const Spec& spec)
{
    const Result<Spec> checked = checkedSpec(workspace, spec);
    return checked ? Status{} : passOn(checked);
}

Status checkSelection(const Workspace& workspace, const Spec& spec)
{
    const Result<const MethodDescription*> method = findMethod(spec.method);
    if (!method) {
        return passOn(method);
    }
    const Result<UsedDomains> used = usedDomains(workspace, spec.data);
    if (!used) {
        return passOn(used);
    }
    const Needs needs = (*method)->traits(spec.parameters).needs;
    Status met = checkFeedback(used->target, spec, needs);
    if (met) {
        met = checkNamedDomains((*method)->parameters, spec.parameters.json(), spec.data, "method");
    }
    if (met) {
        met = checkSources(workspace, *used, spec, needs);
    }
    if (met) {
        met = checkKnowledge(workspace, *used, spec, needs);
    }
    if (met && needs.times) {
        met = checkTimes(workspace, used->target, spec.method);
    }
    if (met) {
        met = checkHasGiven(used->target, spec);
    }
    return met ? checkSplit(workspace, *used, spec.split) : met;
}

Result<Needs> metNeeds(const Workspace& workspace, const Spec& spec)
{
    const Result<UsedDomains> used = usedDomains(workspace, spec.data);
    if (!used) {
        return passOn(used);
    }
    Needs met{.sources = !used->sources.empty(),
              .overlap = checkOverlap(workspace, *used, spec.method).has_value(),
              .explicitFeedback = used->target.kind == FeedbackKind::Explicit,
              .times = checkTimes(workspace, used->target, spec.method).has_value()};
    met.terms = !spec.knowledge.empty() && checkNamedKnowledge(workspace, used->target, spec).has_value();
    if (met.terms) {
        const KnowledgeStore store(workspace);
        const Result<KnowledgeBase> base = store.find(spec.knowledge);
        const auto coverage = base ? store.coverageOf(base->id, used->target.id) : passOn(base);
        met.knowledge = coverage && coverage->vectors;
    }
    return met;
}

} // namespace transept
