#include "core/experiment/Spec.h"

#include "core/base/Words.h"
#include "core/evaluation/Measures.h"
#include "core/experiment/JsonFields.h"
#include "core/experiment/SplitJson.h"

#include <fmt/format.h>

#include <cmath>

namespace transept {
namespace {

constexpr double largestCount = 1e9;

const std::vector<Parameter>& whereParameters()
{
    using Type = Parameter::Type;
    static const std::vector<Parameter> parameters{
        {.name = "min_user", .type = Type::Integer, .preset = 0, .low = 0, .high = largestCount},
        {.name = "min_item", .type = Type::Integer, .preset = 0, .low = 0, .high = largestCount}};
    return parameters;
}

const std::vector<Parameter>& stopParameters()
{
    static const std::vector<Parameter> parameters{{.name = "patience",
                                                    .type = Parameter::Type::Integer,
                                                    .preset = StopRule{}.patience,
                                                    .low = 0,
                                                    .high = 100000}};
    return parameters;
}

Status readWhere(const Json& document, DataSelection& selection)
{
    const Json where = valueAt(document, "where").is_null() ? Json::object() : valueAt(document, "where");
    const Result<Parameters> counts = checkParameters(whereParameters(), where, "data.where", {"min_value"});
    if (!counts) {
        return passOn(counts);
    }
    selection.minUser = counts->integer("min_user");
    selection.minItem = counts->integer("min_item");
    const auto minValue = realAt(where, "min_value", "data.where.min_value");
    if (!minValue) {
        return passOn(minValue);
    }
    selection.minValue = *minValue;
    return {};
}

Result<DataSelection> readData(const Json& document)
{
    if (const Status known =
            refuseUnknownKeys(document, "data", {"target", "sources", "where", "positive", "drop_twins"});
        !known) {
        return passOn(known);
    }
    const Result<std::string> target = textAt(document, "target", "data.target");
    Result<std::vector<std::string>> sources = textsAt(document, "sources", "data.sources");
    const auto positive = realAt(document, "positive", "data.positive");
    const Result<bool> dropTwins = flagAt(document, "drop_twins", "data.drop_twins");
    if (!target || !sources) {
        return target ? passOn(sources) : passOn(target);
    }
    if (!positive || !dropTwins) {
        return positive ? passOn(dropTwins) : passOn(positive);
    }
    if (target->empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "data.target is missing. Name the domain whose items are recommended."));
    }
    if (std::find(sources->begin(), sources->end(), *target) != sources->end()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE(
                        "errors",
                        "data.sources names %1, which is the target. Take it out of the list: a domain helps "
                        "another one."),
                    {*target});
    }
    DataSelection selection{
        .target = *target, .sources = std::move(*sources), .positive = *positive, .dropTwins = *dropTwins};
    const Status where = readWhere(document, selection);
    return where ? Result<DataSelection>(std::move(selection)) : passOn(where);
}

Status readMethod(const Json& document, Spec& spec)
{
    const Result<Json> method = completeMethod({}, document, "method");
    if (!method) {
        return passOn(method);
    }
    Json parameters = *method;
    parameters.erase("name");
    spec.method = method->at("name").get<std::string>();
    spec.parameters = Parameters(std::move(parameters));
    return {};
}

Result<StopRule> readStop(const Json& given)
{
    const Json document = given.is_null() ? Json::object() : given;
    const Result<Parameters> values = checkParameters(stopParameters(), document, "stop", {"measure"});
    if (!values) {
        return passOn(values);
    }
    const Result<std::string> measure = textAt(document, "measure", "stop.measure");
    if (!measure) {
        return passOn(measure);
    }
    if (!measure->empty()) {
        const Result<MeasureName> known = parseMeasure(*measure, "stop.measure");
        if (!known) {
            return passOn(known);
        }
        if (describe(*known).hasOptimum) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors",
                                     "stop.measure is %1, of which neither more nor less is better. Name "
                                     "another, for example rmse."),
                        {*measure});
        }
    }
    return StopRule{.measure = *measure, .patience = values->integer("patience")};
}

Result<std::optional<StartRule>> readStart(const Json& document)
{
    if (document.is_null()) {
        return std::optional<StartRule>();
    }
    static const std::vector<Parameter> parameters{
        {.name = "run", .type = Parameter::Type::Integer, .preset = 0, .low = 1, .high = largestWhole}};
    const Result<Parameters> values = checkParameters(parameters, document, "start", {"fingerprint"});
    const Result<std::string> fingerprint =
        values ? textAt(document, "fingerprint", "start.fingerprint") : passOn(values);
    if (!fingerprint) {
        return passOn(fingerprint);
    }
    if (!document.contains("run")) {
        return mustBe("start", "null or an object with the number of a run, as in {\"run\": 12}");
    }
    return std::optional(
        StartRule{.run = values->json().at("run").get<std::int64_t>(), .fingerprint = *fingerprint});
}

Result<std::vector<std::string>> readMeasures(const Json& document)
{
    Result<std::vector<std::string>> names = textsAt(document, "measures", "measures");
    for (std::size_t at = 0; names && at < names->size(); ++at) {
        const Result<MeasureName> known = parseMeasure((*names)[at], fmt::format("measures[{}]", at));
        if (!known) {
            return passOn(known);
        }
    }
    return names;
}

/// "transept", "threads" and the keys of the document as a whole.
Status checkFrame(const Json& document)
{
    if (document.is_object() && document.contains("threads")) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "threads does not belong in a spec: it is a setting of the machine and never changes a "
                "result. Take it out, and use --threads or the settings instead."));
    }
    const Status known = refuseUnknownKeys(document,
                                           "",
                                           {"transept",
                                            "name",
                                            "data",
                                            "split",
                                            "knowledge",
                                            "knowledge_terms",
                                            "shuffle_knowledge",
                                            "method",
                                            "start",
                                            "stop",
                                            "measures",
                                            "seed"});
    if (!known) {
        return known;
    }
    const Json& version = valueAt(document, "transept");
    if (!version.is_null() && version != Json(1)) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "transept is %1, but this program reads specs of version 1. Write \"transept\": 1, or "
                "update the program."),
            {version.dump()});
    }
    return {};
}

Result<std::uint64_t> readSeed(const Json& value)
{
    if (value.is_null()) {
        return Spec{}.seed;
    }
    const bool whole = value.is_number() && value.get<double>() == std::floor(value.get<double>());
    if (!whole || value.get<double>() < 0.0 || value.get<double>() > largestWhole) {
        return mustBe("seed", "a whole number from 0 to 9007199254740991");
    }
    return static_cast<std::uint64_t>(value.get<double>());
}

Status readRest(const Json& document, Spec& spec)
{
    const Result<std::string> name = textAt(document, "name", "name");
    const Result<std::string> knowledge = textAt(document, "knowledge", "knowledge");
    const Result<std::uint64_t> seed = readSeed(valueAt(document, "seed"));
    if (!name || !knowledge || !seed) {
        return !name ? passOn(name) : !knowledge ? passOn(knowledge) : passOn(seed);
    }
    const Result<std::string> terms = textAt(document, "knowledge_terms", "knowledge_terms");
    if (!terms) {
        return passOn(terms);
    }
    const Result<bool> shuffle = flagAt(document, "shuffle_knowledge", "shuffle_knowledge");
    if (!shuffle) {
        return passOn(shuffle);
    }
    const Result<std::optional<StartRule>> start = readStart(valueAt(document, "start"));
    if (!start) {
        return passOn(start);
    }
    spec.name = *name;
    spec.start = *start;
    spec.knowledge = *knowledge;
    spec.knowledgeTerms = *terms;
    spec.shuffleKnowledge = *shuffle;
    spec.seed = *seed;
    if (spec.shuffleKnowledge && spec.knowledge.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "shuffle_knowledge is true, but there is no knowledge to shuffle. Name a knowledge base "
                "under \"knowledge\", or take shuffle_knowledge out."));
    }
    if (!spec.knowledgeTerms.empty() && spec.knowledge.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "knowledge_terms is \"%1\", but there is no knowledge whose terms it could stand in "
                         "for. Name the base with the vectors under \"knowledge\", or write \"knowledge\" "
                         "in place of knowledge_terms."),
            {spec.knowledgeTerms});
    }
    return {};
}

Json orNull(const std::optional<double>& value)
{
    return value ? Json(*value) : Json();
}

Json orNull(const std::string& text)
{
    return text.empty() ? Json() : Json(text);
}

void flatten(const Json& value, const std::string& path, std::map<std::string, Json>& into)
{
    if (!value.is_object()) {
        into.emplace(path, value);
        return;
    }
    for (const auto& [key, each] : value.items()) {
        flatten(each, path.empty() ? key : fmt::format("{}.{}", path, key), into);
    }
}

/// Whether it is UTF-8: a document holds nothing else.
bool isText(std::string_view bytes)
{
    return Json(std::string(bytes)).dump(-1, ' ', false, Json::error_handler_t::ignore).size() ==
           Json(std::string(bytes)).dump(-1, ' ', false, Json::error_handler_t::replace).size();
}

/// The place for one step of a path, made when it is missing; null when there cannot be one.
Json* stepInto(Json& parent, const std::string& key)
{
    if (parent.is_null()) {
        parent = Json::object();
    }
    if (parent.is_object()) {
        return &parent[key];
    }
    const auto place = parseInteger(key);
    if (parent.is_array() && place && *place >= 0 && static_cast<std::size_t>(*place) < parent.size()) {
        return &parent[static_cast<std::size_t>(*place)];
    }
    return nullptr;
}

} // namespace

Result<Spec> specFrom(const Json& document)
{
    if (const Status frame = checkFrame(document); !frame) {
        return passOn(frame);
    }
    for (const char* part : {"data", "method"}) {
        if (valueAt(document, part).is_null()) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors",
                                     "%1 is missing. A spec needs at least {\"data\": {\"target\": DOMAIN}, "
                                     "\"method\": {\"name\": METHOD}}."),
                        {part});
        }
    }
    Spec spec;
    Result<DataSelection> data = readData(document.at("data"));
    const Result<SplitSpec> split = splitFrom(valueAt(document, "split"));
    const Result<StopRule> stop = readStop(valueAt(document, "stop"));
    Result<std::vector<std::string>> measures = readMeasures(document);
    if (!data || !split) {
        return data ? passOn(split) : passOn(data);
    }
    if (const Status method = readMethod(document.at("method"), spec); !method) {
        return passOn(method);
    }
    if (!stop || !measures) {
        return stop ? passOn(measures) : passOn(stop);
    }
    spec.data = std::move(*data);
    spec.split = *split;
    spec.stop = *stop;
    spec.measures = std::move(*measures);
    const Status rest = readRest(document, spec);
    return rest ? Result<Spec>(std::move(spec)) : passOn(rest);
}

Json toJson(const Spec& spec)
{
    Json method = spec.parameters.json().is_null() ? Json::object() : spec.parameters.json();
    method["name"] = spec.method;
    Json document{{"transept", 1},
                  {"name", spec.name},
                  {"data",
                   {{"target", spec.data.target},
                    {"sources", spec.data.sources},
                    {"where",
                     {{"min_user", spec.data.minUser},
                      {"min_item", spec.data.minItem},
                      {"min_value", orNull(spec.data.minValue)}}},
                    {"positive", orNull(spec.data.positive)},
                    {"drop_twins", spec.data.dropTwins}}},
                  {"split", toJson(spec.split)},
                  {"knowledge", orNull(spec.knowledge)},
                  {"shuffle_knowledge", spec.shuffleKnowledge},
                  {"method", std::move(method)},
                  {"stop", {{"measure", orNull(spec.stop.measure)}, {"patience", spec.stop.patience}}},
                  {"measures", spec.measures},
                  {"seed", spec.seed}};
    // Left out, not null: a spec without them has the hash it had before there were such.
    if (!spec.knowledgeTerms.empty()) {
        document["knowledge_terms"] = spec.knowledgeTerms;
    }
    if (spec.start) {
        document["start"] = {{"run", spec.start->run}, {"fingerprint", orNull(spec.start->fingerprint)}};
    }
    return document;
}

Json completed(const Json& document)
{
    const Result<Spec> spec = specFrom(document);
    return spec ? toJson(*spec) : document;
}

std::vector<std::string> measuresOf(const Spec& spec, bool ratings)
{
    if (!spec.measures.empty()) {
        return spec.measures;
    }
    std::vector<std::string> names;
    if (ratings) {
        names = {"rmse", "mae"};
    }
    names.insert(names.end(),
                 {"ndcg@10", "recall@10", "precision@10", "hit-rate@10", "mrr@10", "coverage@10"});
    return names;
}

Traits traitsOf(const Spec& spec)
{
    return findMethod(spec.method).value()->traits(spec.parameters);
}

Status setValue(Json& document, std::string_view path, std::string_view text)
{
    if (!isText(path) || !isText(text)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "A value of the spec holds bytes that are no text. Write UTF-8."));
    }
    Json* place = &document;
    std::string_view rest = path;
    while (!rest.empty() || place == &document) {
        const std::size_t dot = rest.find('.');
        const std::string key(rest.substr(0, dot));
        rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
        place = key.empty() ? nullptr : stepInto(*place, key);
        if (place == nullptr) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "There is no place %1 in the spec. A path is words joined by dots, as in "
                             "method.alpha=0.3."),
                {std::string(path)});
        }
    }
    Result<Json> value = parseJson(text, path);
    *place = value ? std::move(*value) : Json(std::string(text));
    return {};
}

std::map<std::string, std::vector<Json>> difference(std::span<const Json> documents)
{
    std::map<std::string, std::vector<Json>> values;
    for (std::size_t at = 0; at < documents.size(); ++at) {
        std::map<std::string, Json> flat;
        flatten(documents[at], "", flat);
        flat.erase("name");
        for (auto& [path, value] : flat) {
            auto& row = values[path];
            row.resize(documents.size());
            row[at] = std::move(value);
        }
    }
    std::erase_if(values, [](const auto& entry) {
        const auto& row = entry.second;
        return std::all_of(row.begin(), row.end(), [&](const Json& each) { return each == row.front(); });
    });
    return values;
}

} // namespace transept
