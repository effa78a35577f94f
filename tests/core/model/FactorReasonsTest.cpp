#include "core/base/Random.h"
#include "core/model/Registry.h"
#include "tests/core/model/ReasonTesting.h"

#include <QtTest/QTest>

using namespace transept;
using namespace transept::test;

namespace {

Parameters checked(std::string_view name, Json values)
{
    values["factors"] = 6;
    values["deviation"] = 0.1;
    values["epochs"] = 60;
    return *checkParameters((*findMethod(name))->parameters, values, "method");
}

std::unique_ptr<Method> made(std::string_view name, Json values)
{
    return (*findMethod(name))->create(checked(name, std::move(values)));
}

/// As made() has them.
FactorSettings settingsOf(std::string_view name)
{
    return factorSettings(checked(name, Json::object()));
}

FactorParameters drawnFactors(std::uint64_t seed)
{
    Random random(seed);
    FactorParameters factors{.mean = 0.0F,
                             .items = FactorMatrix(tasteItems, 6),
                             .userBiases = std::vector<float>(tasteUsers),
                             .itemBiases = std::vector<float>(tasteItems)};
    for (std::size_t item = 0; item < tasteItems; ++item) {
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

/// A mapping with hidden units and all numbers drawn.
LearntMap drawnMap(std::uint64_t seed)
{
    Random random(seed);
    const auto layer = [&](Eigen::Index outputs, Eigen::Index inputs) {
        const auto draw = [&] { return static_cast<float>(0.5 * random.normal()); };
        return DenseLayer<float>{.weights = Matrix::NullaryExpr(outputs, inputs, draw),
                                 .biases = Eigen::RowVectorXf::NullaryExpr(outputs, draw)};
    };
    return {.hidden = layer(14, 7), .output = layer(7, 14)};
}

/// Users who are new in the films and whose vectors an emcdr maps.
class MappedPeople
{
public:
    explicit MappedPeople(const Json& values)
        : m_data(tastes())
        , m_fitted(made("emcdr", values)->fit(m_data, {}).value())
    {
    }

    const ExplainedFactorModel& model() const { return dynamic_cast<const ExplainedFactorModel&>(*m_fitted); }

    /// <f(p_u, b_u), (q_i, 1)>, or <f(p_u, b_u), (q_i, 0)> where the bias is carried, with p_u computed
    /// slowly.
    double scorePart(UserRow user, ItemRow item, const LeftOut& left) const
    {
        const FactorParameters& books = model().background().sources.front();
        const auto seen = [&](std::size_t, std::size_t row) { return seenItem(books, user, row); };
        const Eigen::VectorXd taste = slowVector(
            {factorDomain(m_data->sources[0], m_data->target)}, settingsOf("emcdr"), user, seen, left);
        Matrix input(1, taste.size() + 1);
        input << taste.cast<float>().transpose(), books.userBiases[index(user)];
        const Eigen::VectorXd output = model().background().map.map(input).row(0).cast<double>().transpose();
        const Eigen::VectorXd q = seenItem(model().parameters(), user, index(item)).vector.head(taste.size());
        return output.head(q.size()).dot(q) + (model().background().habits ? 0.0 : output(q.size()));
    }

private:
    std::shared_ptr<const TrainingData> m_data;
    std::shared_ptr<const Model> m_fitted;
};

/// What a model's reasons add up to, and the taste part of the score (six numbers of the vectors) less its
/// mean over users, for all pairs of `users`.
struct Taste
{
    std::vector<double> explained;
    std::vector<double> learnt;
};

Taste tasteOf(const Model& model, const std::function<bool(std::size_t)>& users)
{
    const auto factors = model.factors();
    const Matrix people = factors[0].second.leftCols(6);
    const Matrix items = factors[1].second.leftCols(6);
    Eigen::RowVectorXf mean = Eigen::RowVectorXf::Zero(people.cols());
    float count = 0.0F;
    for (std::size_t user = 0; user < tasteUsers; ++user) {
        if (users(user)) {
            mean += people.row(static_cast<Eigen::Index>(user));
            ++count;
        }
    }
    mean /= count;
    Taste taste;
    for (std::size_t user = 0; user < tasteUsers; ++user) {
        for (std::size_t item = 0; users(user) && item < tasteItems; item += 3) {
            taste.explained.push_back(
                sumOf(model.contributions(static_cast<UserRow>(user), static_cast<ItemRow>(item))));
            taste.learnt.push_back(static_cast<double>((people.row(static_cast<Eigen::Index>(user)) - mean)
                                                           .dot(items.row(static_cast<Eigen::Index>(item)))));
        }
    }
    return taste;
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
    void reasonsOfMappedUsersFollowTheirMappedVector_data();
    void reasonsOfMappedUsersFollowTheirMappedVector();
    void meanSlopeCarriesAnyWayExactly();
    void reasonsAddUpToWhatTheMappingMakesOfTheTaste_data();
    void reasonsAddUpToWhatTheMappingMakesOfTheTaste();
    void reasonOfAMappedUserIsNearWhatTheScoreLosesWithoutTheItem();
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
    const Eigen::VectorXd towards = seenItem(films, UserRow{11}, 7).vector;

    const std::vector<Contribution> reasons =
        TasteReasons(domains, settings).of(UserRow{11})->towards(towards);

    QCOMPARE(reasons.size(),
             data->target.interactions.itemsOf(UserRow{11}).size() +
                 data->sources[0].interactions.itemsOf(UserRow{11}).size());
    const auto without = [&](const LeftOut& left) {
        const auto seen = [&](std::size_t place, std::size_t item) {
            return seenItem(*domains[place].factors, UserRow{11}, item);
        };
        return slowVector({domains[0].data, domains[1].data}, settings, UserRow{11}, seen, left).dot(towards);
    };
    const double whole = without({});
    float before = std::numeric_limits<float>::infinity();
    for (const Contribution& each : reasons) {
        const std::size_t place = each.domain < 0 ? 0 : 1;
        const double lost = whole - without({.place = place, .item = each.item});
        QVERIFY(std::abs(static_cast<double>(each.weight) - lost) < 1e-5 * (1.0 + std::abs(whole)));
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

void FactorReasonsTest::reasonsOfMappedUsersFollowTheirMappedVector_data()
{
    QTest::addColumn<QString>("map");
    QTest::addColumn<QString>("bias");
    QTest::newRow("linear") << "linear"
                            << "carried";
    QTest::newRow("network") << "mlp"
                             << "carried";
    QTest::newRow("linear, mapped bias") << "linear"
                                         << "mapped";
    QTest::newRow("network, mapped bias") << "mlp"
                                          << "mapped";
}

void FactorReasonsTest::reasonsOfMappedUsersFollowTheirMappedVector()
{
    QFETCH(QString, map);
    QFETCH(QString, bias);
    const Json values = {{"map", map.toStdString()},
                         {"map-regularisation", 0.01},
                         {"map-epochs", 10},
                         {"user-bias", bias.toStdString()}};
    const auto model = made("emcdr", values)->fit(tastes(), {});
    QVERIFY(model);

    const Taste taste = tasteOf(**model, isNew);

    const double likeness = correlation(taste.explained, taste.learnt);
    qInfo("correlation %.3f", likeness);
    QVERIFY2(likeness > 0.8, qPrintable(QString::number(likeness)));
}

void FactorReasonsTest::meanSlopeCarriesAnyWayExactly()
{
    const LearntMap map = drawnMap(5);
    Random random(6);
    for (const double length : {1e-6, 1e-3, 1.0, 30.0}) {
        const auto draw = [&] { return random.normal(); };
        const Eigen::VectorXd from = Eigen::VectorXd::NullaryExpr(7, draw);
        const Eigen::VectorXd way = length * Eigen::VectorXd::NullaryExpr(7, draw);
        const auto at = [&](const Eigen::VectorXd& place) -> Eigen::VectorXd {
            const Eigen::ArrayXd units =
                map.hidden.weights.cast<double>() * place + map.hidden.biases.cast<double>().transpose();
            return map.output.weights.cast<double>() * units.tanh().matrix();
        };
        const Eigen::VectorXd moved = at(from + way) - at(from);
        QVERIFY((map.slope(from, from + way) * way - moved).norm() < 1e-8 * length + 1e-14);
    }
}

void FactorReasonsTest::reasonsAddUpToWhatTheMappingMakesOfTheTaste_data()
{
    reasonsOfMappedUsersFollowTheirMappedVector_data();
}

void FactorReasonsTest::reasonsAddUpToWhatTheMappingMakesOfTheTaste()
{
    QFETCH(QString, map);
    QFETCH(QString, bias);
    const MappedPeople people(Json{{"map", map.toStdString()}, {"user-bias", bias.toStdString()}});
    double largest = 0.0;
    for (std::size_t at = 0; at < tasteUsers; at += 5) {
        const auto user = static_cast<UserRow>(at);
        for (std::size_t item = 0; item < tasteItems; item += 7) {
            const auto row = static_cast<ItemRow>(item);
            const double made = people.scorePart(user, row, {}) - people.scorePart(user, row, {.all = true});
            const double sum = sumOf(people.model().contributions(user, row));
            QVERIFY2(std::abs(sum - made) < 1e-5, qPrintable(QStringLiteral("%1 %2").arg(sum).arg(made)));
            largest = std::max(largest, std::abs(made));
        }
    }
    QVERIFY(largest > 0.05);
}

void FactorReasonsTest::reasonOfAMappedUserIsNearWhatTheScoreLosesWithoutTheItem()
{
    const MappedPeople people(Json{{"map", "mlp"}, {"map-epochs", 10}});
    std::vector<double> reasons;
    std::vector<double> losses;
    for (const UserRow user : {UserRow{15}, UserRow{40}, UserRow{65}}) {
        const double whole = people.scorePart(user, ItemRow{4}, {});
        for (const Contribution& each : people.model().contributions(user, ItemRow{4})) {
            QCOMPARE(each.domain, 0);
            reasons.push_back(static_cast<double>(each.weight));
            losses.push_back(whole - people.scorePart(user, ItemRow{4}, {.item = each.item}));
        }
    }
    const double likeness = correlation(reasons, losses);
    qInfo("correlation %.4f", likeness);
    QVERIFY(reasons.size() > 30);
    QVERIFY2(likeness > 0.95, qPrintable(QString::number(likeness)));
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
    QTest::addColumn<QString>("map");
    for (const char* method : {"mf", "cmf", "emcdr"}) {
        QTest::newRow(method) << QString::fromUtf8(method) << QString();
    }
    QTest::newRow("emcdr, network") << "emcdr"
                                    << "mlp";
}

void FactorReasonsTest::restoredModelGivesTheSameReasons()
{
    QFETCH(QString, method);
    QFETCH(QString, map);
    const auto data = tastes();
    const auto tried =
        made(method.toStdString(), map.isEmpty() ? Json::object() : Json{{"map", map.toStdString()}});
    const auto model = tried->fit(data, {});
    QVERIFY(model);

    const auto restored = tried->restore(data, *(*model)->serialised());

    QVERIFY(restored);
    for (const UserRow user : {UserRow{12}, UserRow{15}}) {
        const std::vector<Contribution> reasons = (*restored)->contributions(user, ItemRow{4});
        QCOMPARE(reasons.empty(), method == QLatin1String("mf") && isNew(index(user)));
        QVERIFY(areSame(reasons, (*model)->contributions(user, ItemRow{4})));
    }
}

QTEST_GUILESS_MAIN(FactorReasonsTest)
#include "FactorReasonsTest.moc"
