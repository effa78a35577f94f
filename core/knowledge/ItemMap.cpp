#include "core/knowledge/ItemMap.h"

#include "core/base/Parallel.h"
#include "core/base/Words.h"
#include "core/knowledge/ItemTexts.h"
#include "core/knowledge/TsneLayout.h"
#include "core/store/Catalog.h"
#include "core/store/FacetReviews.h"

#include <Eigen/Eigenvalues>

#include <unordered_map>

namespace transept {
namespace {

constexpr std::int64_t mostPoints = 200'000;
constexpr std::size_t blockSize = 1024; ///< rows

struct MapVectors
{
    std::vector<MapPoint> points;
    Matrix vectors; ///< a row a point
};

/// All items with a vector, or evenly spaced ones when there are more than a map can show.
Result<MapVectors> readVectors(const KnowledgeStore& store,
                               const KnowledgeBase& base,
                               const JobContext& context)
{
    const std::int64_t step = (std::max<std::int64_t>(base.items, 1) + mostPoints - 1) / mostPoints;
    std::vector<MapPoint> points;
    std::vector<float> values;
    std::int64_t place = 0;
    const Status read = store.forEachVector(
        base.id, {}, [&](ItemId item, DomainId domain, std::span<const float> vector) -> Status {
            if (place % 4096 == 0) {
                if (const Status goOn = context.checkpoint(); !goOn) {
                    return goOn;
                }
            }
            if (place++ % step == 0 && static_cast<int>(vector.size()) == base.dimension) {
                points.push_back({.item = item, .domain = domain});
                values.insert(values.end(), vector.begin(), vector.end());
            }
            return {};
        });
    if (!read) {
        return passOn(read);
    }
    const auto rows = static_cast<Eigen::Index>(points.size());
    Matrix vectors = Eigen::Map<const Matrix>(values.data(), rows, base.dimension);
    return MapVectors{std::move(points), std::move(vectors)};
}

/// Sums over rows, added in block order: of the rows (first column) and of their outer products (the rest).
struct Moments
{
    Eigen::VectorXd sum;
    Eigen::MatrixXd products;
};

Moments moments(const Matrix& vectors, const JobContext& context)
{
    const auto rows = static_cast<std::size_t>(vectors.rows());
    const Eigen::Index width = vectors.cols();
    std::vector<Moments> parts((rows + blockSize - 1) / blockSize);
    forEachBlock(rows, blockSize, [&](std::size_t block, std::size_t first, std::size_t last) {
        parts[block] = {Eigen::VectorXd::Zero(width), Eigen::MatrixXd::Zero(width, width)};
        if (!context.checkpoint()) {
            return;
        }
        const Eigen::MatrixXd part =
            vectors.middleRows(static_cast<Eigen::Index>(first), static_cast<Eigen::Index>(last - first))
                .cast<double>()
                .transpose();
        parts[block].sum = part.rowwise().sum();
        parts[block].products.selfadjointView<Eigen::Lower>().rankUpdate(part);
    });
    Moments total{Eigen::VectorXd::Zero(width), Eigen::MatrixXd::Zero(width, width)};
    for (const Moments& part : parts) {
        total.sum += part.sum;
        total.products += part.products;
    }
    return total;
}

/// The directions of greatest variance, the first ones of most; the entry of largest magnitude (the first of
/// equals) is positive.
Eigen::MatrixXd principalDirections(const Moments& total, Eigen::Index rows, Eigen::Index count)
{
    const Eigen::VectorXd mean = total.sum / static_cast<double>(rows);
    const Eigen::MatrixXd covariance = total.products / static_cast<double>(rows) - mean * mean.transpose();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(
        covariance); // reads the lower triangle; values ascend
    Eigen::MatrixXd directions = Eigen::MatrixXd::Zero(covariance.rows(), count);
    for (Eigen::Index axis = 0; axis < std::min(count, covariance.rows()); ++axis) {
        directions.col(axis) = eigen.eigenvectors().col(covariance.rows() - 1 - axis);
        Eigen::Index largest = 0;
        directions.col(axis).cwiseAbs().maxCoeff(&largest);
        directions.col(axis) *= directions(largest, axis) < 0.0 ? -1.0 : 1.0;
    }
    return directions;
}

/// The first principal components of the vectors: rows x count.
Matrix components(const Matrix& vectors, Eigen::Index count, const JobContext& context)
{
    Matrix found = Matrix::Zero(vectors.rows(), count);
    if (vectors.rows() == 0) {
        return found;
    }
    const Moments total = moments(vectors, context);
    const Eigen::MatrixXd directions = principalDirections(total, vectors.rows(), count);
    const Eigen::VectorXd mean = total.sum / static_cast<double>(vectors.rows());
    const auto rows = static_cast<std::size_t>(vectors.rows());
    forEachBlock(rows, blockSize, [&](std::size_t, std::size_t first, std::size_t last) {
        for (auto at = static_cast<Eigen::Index>(first); at < static_cast<Eigen::Index>(last); ++at) {
            const Eigen::VectorXd centred = vectors.row(at).cast<double>().transpose() - mean;
            found.row(at) = (directions.transpose() * centred).transpose().cast<float>();
        }
    });
    return found;
}

std::string firstValue(std::string_view value)
{
    const std::vector<std::string> values = listedValues(value);
    return values.empty() ? std::string() : values.front();
}

/// Fills in titles and groups. `points` and the items that are read both ascend by id.
Status name(const Workspace& workspace, const std::string& colourBy, std::vector<MapPoint>& points)
{
    const Result<std::vector<Domain>> domains = Catalog(workspace).domains();
    if (!domains) {
        return passOn(domains);
    }
    std::map<DomainId, std::string> domainNames;
    for (const Domain& domain : *domains) {
        domainNames[domain.id] = domain.name;
    }
    Result<Statement> row = workspace.database().prepare(
        "SELECT item.key, coalesce(item.title, ''), coalesce(field.value, '') FROM item"
        " LEFT JOIN item_field AS field ON field.item = item.id AND field.name = ?2 WHERE item.id = ?1");
    if (!row) {
        return passOn(row);
    }
    row->bind(2, colourBy);
    for (MapPoint& point : points) {
        const Result<bool> found = row->bind(1, number(point.item)).step();
        if (!found) {
            return passOn(found);
        }
        point.title = row->text(1).empty() ? row->text(0) : row->text(1);
        point.group = colourBy == "domain" ? domainNames[point.domain] : firstValue(row->text(2));
        row->rewind();
    }
    return {};
}

constexpr std::string_view facetColour = "facet:";

/// InvalidInput for a facet that the knowledge base does not have.
Status checkFacet(const Workspace& workspace, const KnowledgeBase& base, const std::string& facet)
{
    const auto facets = FacetReviews(workspace).facetNames(base.id);
    if (!facets) {
        return passOn(facets);
    }
    std::vector<std::string> names;
    std::ranges::transform(*facets, std::back_inserter(names), &FacetReviews::FacetName::name);
    if (std::ranges::find(names, facet) != names.end()) {
        return {};
    }
    return fail(ErrorCode::InvalidInput,
                names.empty() ? TRANSLATABLE("errors", "The knowledge base %1 has no facets.")
                              : TRANSLATABLE("errors", "The knowledge base %1 has no facet %2. It has: %3."),
                {base.name, facet, listed(names)});
}

/// Groups by the first facet of that name. `points` ascend by item within each domain.
Status nameByFacet(const Workspace& workspace,
                   const KnowledgeBase& base,
                   const std::string& facet,
                   std::vector<MapPoint>& points)
{
    const KnowledgeStore store(workspace);
    bool isAny = false;
    std::map<DomainId, std::unordered_map<std::int64_t, MapPoint*>> places;
    for (MapPoint& point : points) {
        point.group.clear();
        places[point.domain].emplace(number(point.item), &point);
    }
    for (auto& [domain, items] : places) {
        const Result<std::vector<ItemFacts>> facts = store.factsBesideVectors(base.id, domain);
        if (!facts) {
            return passOn(facts);
        }
        for (const ItemFacts& each : *facts) {
            const auto point = items.find(number(each.item));
            const auto found = std::ranges::find(each.facets, facet, &StoredFacet::name);
            if (point != items.end() && found != each.facets.end()) {
                point->second->group = found->text;
                isAny = true;
            }
        }
    }
    return isAny ? Status() : checkFacet(workspace, base, facet); // looks at all facets
}

std::vector<MapPlace> placesOf(const std::vector<MapPoint>& points, const Matrix& positions)
{
    std::vector<MapPlace> places;
    places.reserve(points.size());
    for (std::size_t at = 0; at < points.size(); ++at) {
        const auto row = static_cast<Eigen::Index>(at);
        places.push_back({points[at].item, positions(row, 0), positions(row, 1)});
    }
    return places;
}

Status checkColour(const Workspace& workspace, const std::string& colourBy)
{
    if (colourBy.starts_with(facetColour)) {
        return {}; // nameByFacet() looks
    }
    const Result<std::vector<Domain>> domains = Catalog(workspace).domains();
    if (!domains) {
        return passOn(domains);
    }
    std::vector<DomainId> ids;
    std::ranges::transform(*domains, std::back_inserter(ids), &Domain::id);
    const auto fields = KnowledgeStore(workspace).fieldNames(ids);
    if (!fields) {
        return passOn(fields);
    }
    std::vector<std::string> allowed{"domain"};
    std::ranges::transform(
        *fields, std::back_inserter(allowed), [](const auto& field) { return field.first; });
    if (std::ranges::find(allowed, colourBy) != allowed.end()) {
        return {};
    }
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors", "Items cannot be coloured by %1. Choose one of: %2."),
                {colourBy, listed(allowed)});
}

} // namespace

std::string colourOfFacet(std::string_view facet)
{
    return std::string(facetColour).append(facet);
}

MapGroups groupsOf(std::span<const MapPoint> points, std::size_t most)
{
    std::map<std::string_view, std::size_t> counts;
    for (const MapPoint& point : points) {
        ++counts[point.group];
    }
    std::vector<std::pair<std::string_view, std::size_t>> ranked(counts.begin(), counts.end());
    std::ranges::stable_sort(ranked, std::greater(), [](const auto& group) { return group.second; });

    MapGroups groups{.hasOthers = ranked.size() > most};
    const std::size_t named = groups.hasOthers ? std::max<std::size_t>(most, 1) - 1 : ranked.size();
    std::map<std::string_view, int> places;
    for (std::size_t rank = 0; rank < ranked.size(); ++rank) {
        places.emplace(ranked[rank].first, static_cast<int>(std::min(rank, named)));
        if (rank < named) {
            groups.names.emplace_back(ranked[rank].first);
        }
    }
    groups.places.reserve(points.size());
    for (const MapPoint& point : points) {
        groups.places.push_back(places[point.group]);
    }
    return groups;
}

Result<std::vector<MapPoint>> itemMap(const Workspace& workspace,
                                      KnowledgeId id,
                                      const std::string& colourBy,
                                      const JobContext& context)
{
    const KnowledgeStore store(workspace);
    const Result<KnowledgeBase> base = store.find(id);
    if (!base) {
        return passOn(base);
    }
    if (const Status known = checkColour(workspace, colourBy); !known) {
        return passOn(known);
    }
    context.progress({.fraction = 0.0, .stage = TRANSLATABLE("stages", "Reading vectors")});
    Result<MapVectors> map = readVectors(store, *base, context);
    if (!map) {
        return passOn(map);
    }
    context.progress({.fraction = 0.3, .stage = TRANSLATABLE("stages", "Laying out the map")});
    const Matrix plane = components(map->vectors, 2, context);
    if (const Status goOn = context.checkpoint(); !goOn) {
        return passOn(goOn);
    }
    for (std::size_t at = 0; at < map->points.size(); ++at) {
        map->points[at].x = plane(static_cast<Eigen::Index>(at), 0);
        map->points[at].y = plane(static_cast<Eigen::Index>(at), 1);
    }
    Status named = name(workspace, colourBy, map->points);
    if (named && colourBy.starts_with(facetColour)) {
        named = nameByFacet(workspace, *base, colourBy.substr(facetColour.size()), map->points);
    }
    return named ? Result<std::vector<MapPoint>>(std::move(map->points)) : passOn(named);
}

Result<std::vector<MapPlace>> neighbourhoodMap(const Workspace& workspace,
                                               KnowledgeId id,
                                               const JobContext& context,
                                               const std::function<void(std::vector<MapPlace>)>& onPlaces)
{
    constexpr Eigen::Index mostComponents = 50;
    const KnowledgeStore store(workspace);
    const Result<KnowledgeBase> base = store.find(id);
    if (!base) {
        return passOn(base);
    }
    context.progress({.fraction = 0.0, .stage = TRANSLATABLE("stages", "Reading vectors")});
    const Result<MapVectors> map = readVectors(store, *base, context);
    if (!map) {
        return passOn(map);
    }
    const auto count = std::clamp<Eigen::Index>(map->vectors.cols(), 2, mostComponents);
    const Matrix points = components(map->vectors, count, context);
    TsneOptions options;
    if (onPlaces) {
        options.onPositions = [&](const Matrix& positions) { onPlaces(placesOf(map->points, positions)); };
    }
    const Result<TsneLayout> layout =
        tsneLayout(points, points.leftCols(2), options, partOf(context, 0.05, 1.0));
    return layout ? Result<std::vector<MapPlace>>(placesOf(map->points, layout->positions)) : passOn(layout);
}

} // namespace transept
