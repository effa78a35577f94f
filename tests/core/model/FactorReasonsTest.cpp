#include "core/model/FactorReasons.h"

#include "core/base/Random.h"
#include "core/model/Registry.h"
#include "tests/core/model/ModelTesting.h"

#include <Eigen/LU>
#include <QtTest/QTest>

#include <cmath>
#include <map>
#include <set>

using namespace transept;
using namespace transept::test;

namespace {

constexpr std::size_t userCount = 90;
constexpr std::size_t itemCount = 50;

/// Events of people with a taste of two dimensions, the same in every domain.
TrainingDomain tasteDomain(const std::string& name, FeedbackKind kind, std::uint64_t seed)
{
    Random random(seed);
    std::vector<Event> events;
    for (std::size_t user = 0; user < userCount; ++user) {
        for (std::size_t item = 0; item < itemCount; ++item) {
            const auto u = static_cast<double>(user);
            const auto i = static_cast<double>(item) + static_cast<double>(seed);
            const double liking = std::sin(u) * std::cos(1.3 * i) + std::cos(2.0 * u) * std::sin(0.7 * i);
            const bool isImplicit = kind == FeedbackKind::Implicit;
            if (random.uniform() > (isImplicit ? 0.15 + 0.3 * std::max(0.0, liking) : 0.4)) {
                continue;
            }
            events.push_back({.user = static_cast<UserRow>(user),
                              .item = static_cast<ItemRow>(item),
                              .value = isImplicit ? 1.0F : static_cast<float>(3.0 + liking)});
        }
    }
    TrainingDomain domain = domainOf(name, kind, userCount, itemCount, events);
    domain.scaleMin = 1.0;
    domain.scaleMax = 5.0;
    return domain;
}

/// Every fifth user is new in the target.
std::shared_ptr<const TrainingData> tastes(FeedbackKind kind = FeedbackKind::Explicit)
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = userCount;
    TrainingDomain target = tasteDomain("films", kind, 1);
    std::erase_if(target.events, [](const Event& event) { return index(event.user) % 5 == 0; });
    data->target = domainOf("films", kind, userCount, itemCount, target.events);
    data->target.scaleMin = 1.0;
    data->target.scaleMax = 5.0;
    data->sources.push_back(tasteDomain("books", FeedbackKind::Explicit, 2));
    data->sources.front().scaleMax = 9.0; // another scale than the target's
    return data;
}

std::unique_ptr<Method> made(std::string_view name, Json values)
{
    values["factors"] = 6;
    values["deviation"] = 0.1;
    values["epochs"] = 60;
    const MethodDescription& description = **findMethod(name);
    return description.create(*checkParameters(description.parameters, values, "method"));
}

FactorParameters drawnFactors(std::uint64_t seed)
{
    Random random(seed);
    FactorParameters factors{.mean = 0.0F,
                             .items = FactorMatrix(itemCount, 6),
                             .userBiases = std::vector<float>(userCount),
                             .itemBiases = std::vector<float>(itemCount)};
    for (std::size_t item = 0; item < itemCount; ++item) {
        for (float& value : factors.items.row(item)) {
            value = static_cast<float>(random.normal());
        }
        factors.itemBiases[item] = static_cast<float>(0.3 * random.normal());
    }
    for (float& bias : factors.userBiases) {
        bias = static_cast<float>(0.3 * random.normal());
    }
    return factors;
}

Eigen::VectorXd itemVector(const FactorParameters& factors, std::size_t item)
{
    return Eigen::Map<const Vector>(factors.items.at(item), 6).cast<double>();
}

/// The user's vector by the formula of the header written out event by event; `left` is an item of the domain
/// at `place` whose pull is left out.
Eigen::VectorXd slowVector(const std::vector<ReasonDomain>& domains,
                           const FactorSettings& settings,
                           UserRow user,
                           std::size_t place,
                           std::optional<ItemRow> left)
{
    Eigen::MatrixXd curvature = Eigen::MatrixXd::Zero(6, 6);
    Eigen::VectorXd pull = Eigen::VectorXd::Zero(6);
    for (std::size_t at = 0; at < domains.size(); ++at) {
        const FactorDomain& domain = domains[at].data;
        const FactorParameters& factors = *domains[at].factors;
        const bool isImplicit = domain.isImplicit();
        const double bend = isImplicit ? 0.25 : 1.0;
        const double decay =
            static_cast<double>(isImplicit ? settings.implicitRegularisation : settings.regularisation);
        const auto items = domain.data->interactions.itemsOf(user);
        const double sampled = isImplicit ? settings.negatives : 0;
        for (std::size_t event = 0; event < items.size(); ++event) {
            const std::size_t item = index(items[event]);
            const Eigen::VectorXd q = domain.scale * itemVector(factors, item);
            const double level = static_cast<double>(factors.userBiases[index(user)]) +
                                 static_cast<double>(factors.itemBiases[item]);
            const double value = static_cast<double>(domain.data->interactions.valuesOf(user)[event]);
            const double error = isImplicit ? 1.0 - 1.0 / (1.0 + std::exp(-level))
                                            : domain.scale * (value - domain.mean - level);
            const auto weight = static_cast<double>(domain.weight);
            curvature += weight * (bend * q * q.transpose() +
                                   decay * (1.0 + sampled) * Eigen::MatrixXd::Identity(6, 6));
            for (std::size_t other = 0; other < itemCount; ++other) {
                const Eigen::VectorXd average = domain.scale * itemVector(factors, other);
                curvature += weight * bend * sampled / itemCount * average * average.transpose();
            }
            if (at != place || items[event] != left) {
                pull += weight * error * q;
            }
        }
    }
    return curvature.inverse() * pull;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b)
{
    const auto count = static_cast<Eigen::Index>(a.size());
    const Eigen::ArrayXd x = Eigen::Map<const Eigen::ArrayXd>(a.data(), count);
    const Eigen::ArrayXd y = Eigen::Map<const Eigen::ArrayXd>(b.data(), count);
    const Eigen::ArrayXd dx = x - x.mean();
    const Eigen::ArrayXd dy = y - y.mean();
    return (dx * dy).sum() / std::sqrt(dx.square().sum() * dy.square().sum());
}

double sumOf(const std::vector<Contribution>& contributions)
{
    double sum = 0.0;
    for (const Contribution& each : contributions) {
        sum += static_cast<double>(each.weight);
    }
    return sum;
}

std::set<int> domainsOf(const std::vector<Contribution>& contributions)
{
    std::set<int> domains;
    for (const Contribution& each : contributions) {
        domains.insert(each.domain);
    }
    return domains;
}

/// What a model's reasons add up to, and the taste part of the score less its mean over users, for all pairs
/// of `users`.
struct Taste
{
    std::vector<double> explained;
    std::vector<double> learnt;
};

Taste tasteOf(const Model& model, const std::function<bool(std::size_t)>& users)
{
    const auto factors = model.factors();
    const Matrix& people = factors[0].second;
    const Matrix& items = factors[1].second;
    Eigen::RowVectorXf mean = Eigen::RowVectorXf::Zero(people.cols());
    float count = 0.0F;
    for (std::size_t user = 0; user < userCount; ++user) {
        if (users(user)) {
            mean += people.row(static_cast<Eigen::Index>(user));
            ++count;
        }
    }
    mean /= count;
    Taste taste;
    for (std::size_t user = 0; user < userCount; ++user) {
        for (std::size_t item = 0; users(user) && item < itemCount; item += 3) {
            taste.explained.push_back(
                sumOf(model.contributions(static_cast<UserRow>(user), static_cast<ItemRow>(item))));
            taste.learnt.push_back(static_cast<double>((people.row(static_cast<Eigen::Index>(user)) - mean)
                                                           .dot(items.row(static_cast<Eigen::Index>(item)))));
        }
    }
    return taste;
}

bool isNew(std::size_t user)
{
    return user % 5 == 0;
}

bool isKnown(std::size_t user)
{
    return !isNew(user);
}

} // namespace

class FactorReasonsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reasonIsWhatTheVectorLosesWithoutTheItem_data();
    void reasonIsWhatTheVectorLosesWithoutTheItem();
    void reasonsAddUpToTheTasteThatWasLearnt_data();
    void reasonsAddUpToTheTasteThatWasLearnt();
    void reasonsComeFromTheDomainsThatMadeTheVector();
    void reasonsOfMappedUsersFollowTheirMappedVector();
    void networkMappingGivesNoReasons();
    void userWithoutEventsHasNoReasons();
    void restoredModelGivesTheSameReasons_data();
    void restoredModelGivesTheSameReasons();
};

void FactorReasonsTest::reasonIsWhatTheVectorLosesWithoutTheItem_data()
{
    QTest::addColumn<bool>("implicit");
    QTest::newRow("ratings") << false;
    QTest::newRow("implicit, with sampled items") << true;
}

void FactorReasonsTest::reasonIsWhatTheVectorLosesWithoutTheItem()
{
    QFETCH(bool, implicit);
    const auto data = tastes(implicit ? FeedbackKind::Implicit : FeedbackKind::Explicit);
    const FactorParameters films = drawnFactors(1);
    const FactorParameters books = drawnFactors(2);
    const FactorSettings settings{.regularisation = 0.07F, .implicitRegularisation = 0.02F, .negatives = 3};
    const std::vector<ReasonDomain> domains{
        {.domain = -1, .data = factorDomain(data->target, data->target), .factors = &films},
        {.domain = 0, .data = factorDomain(data->sources[0], data->target, 0.4F), .factors = &books}};
    QCOMPARE(domains[1].data.scale, implicit ? 1.0 : 0.5);
    const Eigen::VectorXd towards = itemVector(films, 7);

    const std::vector<Contribution> reasons = TasteReasons(domains, settings).of(UserRow{11}, towards);

    QCOMPARE(reasons.size(),
             data->target.interactions.itemsOf(UserRow{11}).size() +
                 data->sources[0].interactions.itemsOf(UserRow{11}).size());
    const double whole = slowVector(domains, settings, UserRow{11}, 0, {}).dot(towards);
    float before = std::numeric_limits<float>::infinity();
    for (const Contribution& each : reasons) {
        const std::size_t place = each.domain < 0 ? 0 : 1;
        const double without = slowVector(domains, settings, UserRow{11}, place, each.item).dot(towards);
        QVERIFY(std::abs(static_cast<double>(each.weight) - (whole - without)) <
                1e-5 * (1.0 + std::abs(whole)));
        QVERIFY(std::abs(each.weight) <= before);
        before = std::abs(each.weight);
    }
}

void FactorReasonsTest::reasonsAddUpToTheTasteThatWasLearnt_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<bool>("implicit");
    QTest::newRow("mf") << "mf" << false;
    QTest::newRow("cmf") << "cmf" << false;
    QTest::newRow("mf, implicit") << "mf" << true;
    QTest::newRow("cmf, implicit target") << "cmf" << true;
}

void FactorReasonsTest::reasonsAddUpToTheTasteThatWasLearnt()
{
    QFETCH(QString, method);
    QFETCH(bool, implicit);
    const auto data = tastes(implicit ? FeedbackKind::Implicit : FeedbackKind::Explicit);
    const auto model = made(method.toStdString(), Json::object())->fit(data, {});
    QVERIFY(model);

    const Taste taste = tasteOf(**model, isKnown);

    const double likeness = correlation(taste.explained, taste.learnt);
    qInfo("correlation %.3f", likeness);
    QVERIFY2(likeness > (implicit ? 0.85 : 0.99), qPrintable(QString::number(likeness)));
}

void FactorReasonsTest::reasonsComeFromTheDomainsThatMadeTheVector()
{
    const auto data = tastes();
    const auto mf = made("mf", Json::object())->fit(data, {});
    const auto cmf = made("cmf", Json::object())->fit(data, {});
    const auto emcdr = made("emcdr", Json::object())->fit(data, {});
    QVERIFY(mf && cmf && emcdr);
    const UserRow known{12};
    const UserRow fresh{15};
    QVERIFY(data->target.interactions.itemsOf(fresh).empty());

    QCOMPARE(domainsOf((*mf)->contributions(known, ItemRow{4})), std::set<int>{-1});
    QVERIFY((*mf)->contributions(fresh, ItemRow{4}).empty());
    QCOMPARE(domainsOf((*cmf)->contributions(known, ItemRow{4})), (std::set<int>{-1, 0}));
    QCOMPARE(domainsOf((*cmf)->contributions(fresh, ItemRow{4})), std::set<int>{0});
    QCOMPARE(domainsOf((*emcdr)->contributions(known, ItemRow{4})), std::set<int>{-1});
    QCOMPARE(domainsOf((*emcdr)->contributions(fresh, ItemRow{4})), std::set<int>{0});
}

void FactorReasonsTest::reasonsOfMappedUsersFollowTheirMappedVector()
{
    const auto model = made("emcdr", {{"map-regularisation", 0.01}})->fit(tastes(), {});
    QVERIFY(model);

    const Taste taste = tasteOf(**model, isNew);

    const double likeness = correlation(taste.explained, taste.learnt);
    qInfo("correlation %.3f", likeness);
    QVERIFY2(likeness > 0.8, qPrintable(QString::number(likeness)));
}

void FactorReasonsTest::networkMappingGivesNoReasons()
{
    const auto model = made("emcdr", {{"map", "mlp"}})->fit(tastes(), {});
    QVERIFY(model);

    QVERIFY((*model)->contributions(UserRow{15}, ItemRow{4}).empty());
    QVERIFY(!(*model)->contributions(UserRow{12}, ItemRow{4}).empty());
}

void FactorReasonsTest::userWithoutEventsHasNoReasons()
{
    auto data = std::make_shared<TrainingData>(*tastes());
    data->sources.clear();
    const auto model = made("mf", Json::object())->fit(data, {});
    QVERIFY(model);

    QVERIFY((*model)->contributions(UserRow{15}, ItemRow{4}).empty());
}

void FactorReasonsTest::restoredModelGivesTheSameReasons_data()
{
    QTest::addColumn<QString>("method");
    for (const char* method : {"mf", "cmf", "emcdr"}) {
        QTest::newRow(method) << QString::fromUtf8(method);
    }
}

void FactorReasonsTest::restoredModelGivesTheSameReasons()
{
    QFETCH(QString, method);
    const auto data = tastes();
    const auto tried = made(method.toStdString(), Json::object());
    const auto model = tried->fit(data, {});
    QVERIFY(model);

    const auto restored = tried->restore(data, *(*model)->serialised());

    QVERIFY(restored);
    for (const UserRow user : {UserRow{12}, UserRow{15}}) {
        const std::vector<Contribution> expected = (*model)->contributions(user, ItemRow{4});
        const std::vector<Contribution> found = (*restored)->contributions(user, ItemRow{4});
        QCOMPARE(found.size(), expected.size());
        for (std::size_t at = 0; at < found.size(); ++at) {
            QCOMPARE(found[at].domain, expected[at].domain);
            QCOMPARE(index(found[at].item), index(expected[at].item));
            QCOMPARE(found[at].weight, expected[at].weight);
        }
    }
}

QTEST_GUILESS_MAIN(FactorReasonsTest)
#include "FactorReasonsTest.moc"
