#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "core/model/Members.h"
#include "core/model/Registry.h"
#include "core/model/Stacking.h"
#include "tests/core/model/KnowledgeTesting.h"
#include "tests/core/model/MemberTesting.h"
#include "tests/support/Datasets.h"
#include "tests/support/TableModel.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cmath>
#include <map>
#include <set>

namespace transept {
namespace {

using test::checkedFor;
using test::films;
using test::fitted;
using test::row;
using test::scoresOf;
using test::standardised;
using test::users;

Result<std::shared_ptr<const Model>> fitWith(const std::string& method,
                                             const Json& parameters,
                                             const std::shared_ptr<const TrainingData>& data,
                                             const FitContext& context)
{
    return test::valueOf(findMethod(method))->create(checkedFor(method, parameters))->fit(data, context);
}

/// One validation interaction of every fourth user with a film, and how high a model ranks it, in the mean.
struct Validated
{
    std::vector<Event> events;
    FitContext context;

    explicit Validated(int patience = 5)
    {
        Random random(11);
        for (int user = 0; user < users; user += 4) {
            events.push_back({.user = UserRow{user},
                              .item = static_cast<ItemRow>(static_cast<int>(random.below(films))),
                              .value = static_cast<float>(1 + random.below(5))});
        }
        const auto of = [this](const Model& model, const auto& counts) {
            double sum = 0.0;
            std::vector<float> scores(films);
            for (const Event& event : events) {
                if (counts(event.user)) {
                    model.score(event.user, scores);
                    const float own = scores[index(event.item)];
                    sum += 1.0 / (1.0 + static_cast<double>(std::ranges::count_if(
                                            scores, [own](float score) { return score > own; })));
                }
            }
            return sum;
        };
        context.validate = [of](const Model& model) { return of(model, [](UserRow) { return true; }); };
        context.validation = Validation{
            .events = events,
            .patience = patience,
            .ofUsers = [of](const Model& model, std::span<const UserRow> some) {
                return of(model, [some](UserRow user) { return std::ranges::binary_search(some, user); });
            }};
    }
    Validated(const Validated&) = delete;
    Validated& operator=(const Validated&) = delete;
};

/// Borda by sorting everything; equal scores share.
Eigen::MatrixXd votes(const Eigen::MatrixXd& scores, const TrainingData& data, int seats)
{
    Eigen::MatrixXd points = Eigen::MatrixXd::Zero(scores.rows(), scores.cols());
    for (int user = 0; user < users; ++user) {
        std::set<int> open;
        for (int item = 0; item < films; ++item) {
            open.insert(item);
        }
        for (const ItemRow item : data.target.interactions.itemsOf(UserRow{user})) {
            open.erase(static_cast<int>(item));
        }
        for (const int item : open) {
            int better = 0;
            int equal = 0;
            for (const int other : open) {
                better += scores(user, other) > scores(user, item) ? 1 : 0;
                equal += scores(user, other) == scores(user, item) ? 1 : 0;
            }
            for (int place = better; place < better + equal; ++place) {
                points(user, item) += std::max(0, seats - place) / static_cast<double>(equal * seats);
            }
        }
    }
    return points;
}

/// The best of the least-squares solutions on every subset of the columns that is not negative.
Eigen::VectorXd nonNegativeBySubsets(const Eigen::MatrixXd& a, const Eigen::VectorXd& b)
{
    Eigen::VectorXd best = Eigen::VectorXd::Zero(b.size());
    double least = 0.0;
    for (int subset = 1; subset < (1 << b.size()); ++subset) {
        Eigen::MatrixXd reduced = a;
        Eigen::VectorXd right = b;
        for (Eigen::Index at = 0; at < b.size(); ++at) {
            if ((subset >> at & 1) == 0) {
                reduced.row(at).setZero();
                reduced.col(at).setZero();
                reduced(at, at) = 1.0;
                right(at) = 0.0;
            }
        }
        const Eigen::VectorXd x = reduced.ldlt().solve(right);
        const double value = x.dot(a * x) / 2.0 - b.dot(x);
        if (x.minCoeff() >= -1e-12 && value < least) {
            least = value;
            best = x;
        }
    }
    return best;
}

std::shared_ptr<const Model> tableOf(std::uint64_t seed, bool ratings)
{
    Random random(seed);
    Matrix scores(users, films);
    for (Eigen::Index at = 0; at < scores.size(); ++at) {
        scores.data()[at] = static_cast<float>(3.0 + random.normal());
    }
    return std::make_shared<const test::TableModel>(std::move(scores), ratings);
}

const Json quickIals{{"epochs", 3}, {"factors", 4}};
const Json quickMf{{"epochs", 6}, {"factors", 4}};

} // namespace

class CombinedMethodsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }
    void meanAddsStandardisedScores();
    void meanOfRatingsIsARating();
    void votesAreTheDefinition();
    void searchFindsTheWeightsThatValidationPrefers();
    void keptScoresAreMeasuredLikeTheBlendItself();
    void nonNegativeMinimumIsTheBestOfAllSubsets();
    void stackedRatingsAreTheLeastSquares();
    void stackedRankingsTrustTheMemberThatKnows();
    void stackingNeedsAValidationPart();
    void memberKeepsItsBestEpoch();
    void equalMembersDifferByTheirSeeds();
    void hybridAddsContentInTheProportionThatValidationPrefers();
    void contributionsAddUp();
    void sharesOfVotesAreTheScore();
    void sameBitsForAnyThreads_data();
    void sameBitsForAnyThreads();
    void usersAreScoredTogetherAsAlone();
    void modelComesBackFromItsBytes();
    void stopIsHeard();
};

void CombinedMethodsTest::meanAddsStandardisedScores()
{
    const auto data = test::filmsAndBooks();
    const Json ease{{"lambda", 5.0}};
    const auto model = fitted(
        "ensemble",
        {{"members", {row("ease", 2.0, ease), row("item-knn"), row("popularity", 0.0)}}, {"search", false}},
        data);
    const Eigen::MatrixXd expected = (2.0 * standardised(scoresOf(*fitted("ease", ease, data))) +
                                      standardised(scoresOf(*fitted("item-knn", Json::object(), data)))) /
                                     3.0;
    QVERIFY((scoresOf(*model) - expected).cwiseAbs().maxCoeff() < 1e-4);
    QVERIFY(!model->predictsRatings());
    QCOMPARE(model->factors().front().second.rows(), Eigen::Index{3});
}

void CombinedMethodsTest::meanOfRatingsIsARating()
{
    const auto data = test::filmsAndBooks(FeedbackKind::Explicit);
    const auto model = fitted("ensemble", {{"members", {row("bias", 3.0), row("mf", 1.0, quickMf)}}}, data);
    Json mf = quickMf;
    const auto second = test::valueOf(fitMember(
        membersOf(Json::array({row("mf", 1.0, checkedFor("mf", mf).json())})).front(), 1, data, {}));
    const Eigen::MatrixXd expected =
        0.75 * scoresOf(*fitted("bias", Json::object(), data)) + 0.25 * scoresOf(*second);
    QVERIFY(model->predictsRatings());
    QVERIFY((scoresOf(*model) - expected).cwiseAbs().maxCoeff() < 1e-5);
    const ItemRow items[] = {ItemRow{3}, ItemRow{20}};
    float some[2];
    model->scoreItems(UserRow{5}, items, some);
    QVERIFY(std::abs(static_cast<double>(some[1]) - expected(5, 20)) < 1e-5);
}

void CombinedMethodsTest::votesAreTheDefinition()
{
    const auto data = test::filmsAndBooks();
    for (const int seats : {1, 4, films, 100}) {
        const auto model = fitted("ensemble",
                                  {{"members", {row("popularity", 3.0), row("item-knn", 1.0)}},
                                   {"combination", "vote"},
                                   {"search", false},
                                   {"seats", seats}},
                                  data);
        const Eigen::MatrixXd expected =
            0.75 * votes(scoresOf(*fitted("popularity", Json::object(), data)), *data, seats) +
            0.25 * votes(scoresOf(*fitted("item-knn", Json::object(), data)), *data, seats);
        QVERIFY((scoresOf(*model) - expected).cwiseAbs().maxCoeff() < 1e-5);
    }
}

void CombinedMethodsTest::searchFindsTheWeightsThatValidationPrefers()
{
    const auto data = test::filmsAndBooks();
    Eigen::MatrixXd parts(users * films, 3);
    parts.col(0) = standardised(scoresOf(*fitted("ease", Json::object(), data))).reshaped();
    parts.col(1) = standardised(scoresOf(*fitted("item-knn", Json::object(), data))).reshaped();
    parts.col(2) = standardised(scoresOf(*fitted("popularity", Json::object(), data))).reshaped();
    const Eigen::Vector3d wanted(0.62, 0.05, 0.33);
    const auto weightsOf = [&](const Model& model) {
        const Eigen::VectorXd scores = scoresOf(model).reshaped();
        return Eigen::Vector3d(parts.colPivHouseholderQr().solve(scores));
    };
    FitContext context;
    context.validate = [&](const Model& model) { return -(weightsOf(model) - wanted).norm(); };
    const auto model = test::valueOf(
        fitWith("ensemble", {{"members", {row("ease"), row("item-knn"), row("popularity")}}}, data, context));
    QVERIFY((weightsOf(*model) - wanted).cwiseAbs().maxCoeff() < 0.05);
    QVERIFY(std::abs(weightsOf(*model).sum() - 1.0) < 1e-4);
}

void CombinedMethodsTest::keptScoresAreMeasuredLikeTheBlendItself()
{
    const Json parameters{{"members", {row("ease"), row("item-knn"), row("popularity")}}};
    const auto data = test::filmsAndBooks();
    for (const char* combination : {"mean", "vote"}) {
        Json own = parameters;
        own["combination"] = combination;
        const Validated kept;
        Validated whole;
        whole.context.validation.reset();
        const auto first = test::valueOf(fitWith("ensemble", own, data, kept.context));
        const auto second = test::valueOf(fitWith("ensemble", own, data, whole.context));
        QVERIFY(scoresOf(*first) == scoresOf(*second));
        own["search"] = false;
        const double given = kept.context.validate(*test::valueOf(fitWith("ensemble", own, data, {})));
        QVERIFY(kept.context.validate(*first) >= given);
    }
}

void CombinedMethodsTest::nonNegativeMinimumIsTheBestOfAllSubsets()
{
    Random random(5);
    for (int round = 0; round < 50; ++round) {
        Eigen::MatrixXd rows(12, 4);
        for (double& value : rows.reshaped()) {
            value = random.normal();
        }
        Eigen::VectorXd b(4);
        for (double& value : b) {
            value = random.normal();
        }
        const Eigen::MatrixXd a = rows.transpose() * rows;
        const Eigen::VectorXd found = nonNegativeMinimum(a, b, Eigen::VectorXd::Constant(4, 0.25));
        QVERIFY((found - nonNegativeBySubsets(a, b)).cwiseAbs().maxCoeff() < 1e-8);
    }
}

void CombinedMethodsTest::stackedRatingsAreTheLeastSquares()
{
    const Validated validated;
    const Parts parts{tableOf(1, true), tableOf(2, true), tableOf(3, true)};
    const double ridge = 0.7;

    const Stack stack = test::valueOf(stackedRatings(parts, ridge, validated.context));

    // Centred by hand: the intercept takes the means.
    const auto count = static_cast<Eigen::Index>(validated.events.size());
    Eigen::MatrixXd s(count, 3);
    Eigen::VectorXd r(count);
    for (Eigen::Index at = 0; at < count; ++at) {
        const Event& event = validated.events[static_cast<std::size_t>(at)];
        for (std::size_t part = 0; part < 3; ++part) {
            s(at, static_cast<Eigen::Index>(part)) =
                scoresOf(*parts[part])(static_cast<int>(event.user), static_cast<int>(event.item));
        }
        r(at) = static_cast<double>(event.value);
    }
    const Eigen::RowVectorXd means = s.colwise().mean();
    const Eigen::MatrixXd centred = s.rowwise() - means;
    const Eigen::VectorXd expected = nonNegativeBySubsets(
        centred.transpose() * centred + ridge * Eigen::MatrixXd::Identity(3, 3),
        centred.transpose() * (r.array() - r.mean()).matrix() + Eigen::VectorXd::Constant(3, ridge / 3.0));
    for (Eigen::Index part = 0; part < 3; ++part) {
        QVERIFY(std::abs(stack.weights[static_cast<std::size_t>(part)] - expected(part)) < 1e-8);
    }
    QVERIFY(std::abs(stack.intercept - (r.mean() - means.dot(expected))) < 1e-8);
}

void CombinedMethodsTest::stackedRankingsTrustTheMemberThatKnows()
{
    const auto data = test::filmsAndBooks();
    const Validated validated;
    Matrix knowing = Matrix::Zero(users, films);
    Random random(7);
    for (float& score : knowing.reshaped()) {
        score = static_cast<float>(random.normal());
    }
    for (const Event& event : validated.events) {
        knowing(static_cast<int>(event.user), static_cast<int>(event.item)) += 1.5F;
    }
    const Matrix against = -knowing;
    const Parts parts{tableOf(1, false),
                      std::make_shared<const test::TableModel>(knowing),
                      std::make_shared<const test::TableModel>(against)};
    const Stack stack = test::valueOf(stackedRankings(parts, *data, 0.1, validated.context));
    QVERIFY(stack.weights[1] > 0.6);
    QCOMPARE(stack.weights[2], 0.0);
    QVERIFY(std::abs(stack.weights[0] + stack.weights[1] - 1.0) < 1e-12);
    const Stack pulled = test::valueOf(stackedRankings(parts, *data, 1e9, validated.context));
    for (const double weight : pulled.weights) {
        QVERIFY(std::abs(weight - 1.0 / 3.0) < 1e-3);
    }
}

void CombinedMethodsTest::stackingNeedsAValidationPart()
{
    const auto model = fitWith("ensemble", {{"combination", "stacking"}}, test::filmsAndBooks(), {});
    QVERIFY(!model);
    QCOMPARE(model.error().code, ErrorCode::InvalidInput);
    const Validated validated;
    QVERIFY_OK(fitWith("ensemble", {{"combination", "stacking"}}, test::filmsAndBooks(), validated.context));
}

void CombinedMethodsTest::memberKeepsItsBestEpoch()
{
    const auto data = test::filmsAndBooks(FeedbackKind::Explicit);
    Json parameters = checkedFor("mf", quickMf).json();
    const std::vector<double> scripted{1.0, 2.0, 3.0, 2.0, 2.0, 9.0};
    Validated validated(2);
    std::size_t asked = 0;
    validated.context.validate = [&](const Model&) { return scripted[asked++]; };
    bool told = false;
    validated.context.onEpoch = [&told](const EpochReport&, const std::shared_ptr<const Model>&) {
        told = true;
        return Verdict::Continue;
    };
    const Member member{.method = test::valueOf(findMethod("mf")), .parameters = Parameters(parameters)};
    const auto kept = test::valueOf(fitMember(member, 0, data, validated.context));
    QCOMPARE(asked, std::size_t{5}); // two clearly worse ones in a row end it
    QVERIFY(!told);
    parameters["epochs"] = 3;
    QVERIFY(scoresOf(*kept) == scoresOf(*fitted("mf", parameters, data)));

    validated.context.validate = [](const Model&) { return NAN; }; // a measure that says nothing of it
    parameters["epochs"] = 6;
    QVERIFY(scoresOf(*test::valueOf(fitMember(member, 0, data, validated.context))) ==
            scoresOf(*fitted("mf", parameters, data)));
}

void CombinedMethodsTest::equalMembersDifferByTheirSeeds()
{
    const auto data = test::filmsAndBooks();
    const std::vector<Member> members =
        membersOf(checkedFor("ensemble", {{"members", {row("bpr", 1.0, quickMf), row("bpr", 1.0, quickMf)}}})
                      .table("members"));
    const auto models = test::valueOf(fitMembers(members, data, {}, 1.0));
    QVERIFY(scoresOf(*models[0]) != scoresOf(*models[1]));
    QVERIFY(scoresOf(*models[0]) == scoresOf(*fitted("bpr", quickMf, data)));
}

void CombinedMethodsTest::hybridAddsContentInTheProportionThatValidationPrefers()
{
    const auto data = test::filmsAndBooks();
    const Eigen::MatrixXd base = standardised(scoresOf(*fitted("item-knn", Json::object(), data)));
    const Eigen::MatrixXd text = standardised(scoresOf(*fitted("text-knn", Json::object(), data)));
    Json parameters{{"collaborative", {{{"name", "item-knn"}}}},
                    {"content", {{{"name", "text-knn"}}}},
                    {"weight", 0.35},
                    {"search", false}};
    const Eigen::MatrixXd given = 0.35 * base + 0.65 * text;
    QVERIFY((scoresOf(*fitted("hybrid", parameters, data)) - given).cwiseAbs().maxCoeff() < 1e-4);
    parameters["search"] = true;
    FitContext context;
    const Eigen::MatrixXd wanted = 0.97 * base + 0.03 * text;
    context.validate = [&](const Model& model) { return -(scoresOf(model) - wanted).norm(); };
    const auto model = test::valueOf(fitWith("hybrid", parameters, data, context));
    QVERIFY((scoresOf(*model) - wanted).cwiseAbs().maxCoeff() < 1e-4);
}

void CombinedMethodsTest::contributionsAddUp()
{
    const auto data = test::filmsAndBooks();
    const std::map<std::string, Json> methods{
        {"content", Json::object()},
        {"rule", {{"rules", {{{"tau", 0.0}}}}}},
        {"hybrid", Json::object()},
        {"ensemble", {{"members", {row("ease", 2.0), row("item-knn"), row("text-knn")}}}}};
    for (const auto& [method, parameters] : methods) {
        const auto model = fitted(method, parameters, data);
        const bool isExact = method == "content" || method == "rule";
        std::vector<float> scores(films);
        model->score(UserRow{4}, scores);
        float offset = isExact ? 0.0F : NAN; // standardised scores lack the same constant for all items
        for (int item = 0; item < films; ++item) {
            float sum = 0.0F;
            for (const Contribution& each : model->contributions(UserRow{4}, ItemRow{item})) {
                sum += each.weight;
            }
            const float missing = scores[static_cast<std::size_t>(item)] - sum;
            offset = std::isnan(offset) ? missing : offset;
            QVERIFY2(std::abs(missing - offset) < 1e-4F, method.c_str());
        }
    }
}

void CombinedMethodsTest::sharesOfVotesAreTheScore()
{
    const auto data = test::filmsAndBooks();
    const auto model =
        fitted("ensemble", {{"members", {row("item-knn"), row("text-knn")}}, {"combination", "vote"}}, data);
    std::vector<float> scores(films);
    model->score(UserRow{4}, scores);
    int explained = 0;
    for (int item = 0; item < films; ++item) {
        const auto all = model->contributions(UserRow{4}, ItemRow{item});
        float sum = 0.0F;
        for (const Contribution& each : all) {
            sum += std::abs(each.weight);
        }
        QVERIFY(sum <= scores[static_cast<std::size_t>(item)] + 1e-5F);
        explained += all.empty() ? 0 : 1;
    }
    QVERIFY(explained > films / 2);
}

void CombinedMethodsTest::sameBitsForAnyThreads_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("parameters");
    const Json members{row("ease"), row("ials", 1.0, quickIals), row("item-knn")};
    for (const char* combination : {"mean", "vote", "stacking"}) {
        QTest::newRow(combination) << QByteArray("ensemble")
                                   << QByteArray::fromStdString(
                                          Json{{"members", members}, {"combination", combination}}.dump());
    }
    QTest::newRow("hybrid") << QByteArray("hybrid") << QByteArray("{}");
    QTest::newRow("content") << QByteArray("content") << QByteArray("{}");
    QTest::newRow("rule") << QByteArray("rule") << QByteArray(R"({"rules": [{"tau": 0.1}]})");
}

void CombinedMethodsTest::sameBitsForAnyThreads()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, parameters);
    std::vector<Eigen::MatrixXd> scores;
    for (const int threads : {1, 2, 4, 8}) {
        setThreadCount(threads);
        const Validated validated;
        scores.push_back(scoresOf(*test::valueOf(fitWith(method.toStdString(),
                                                         Json::parse(parameters.toStdString()),
                                                         test::filmsAndBooks(),
                                                         validated.context))));
    }
    for (const Eigen::MatrixXd& others : scores) {
        QVERIFY(others == scores.front());
    }
}

void CombinedMethodsTest::usersAreScoredTogetherAsAlone()
{
    const auto data = test::filmsAndBooks();
    const auto model = fitted(
        "ensemble", {{"members", {row("ials", 1.0, quickIals), row("item-knn")}}, {"search", false}}, data);
    QVERIFY(model->usersAtOnce() > 1); // as many as the member that gains from it
    std::vector<UserRow> rows;
    for (int user = 0; user < users; ++user) {
        rows.push_back(UserRow{user});
    }
    std::vector<float> together(static_cast<std::size_t>(users * films));
    scoreTogether(*model, rows, together);
    std::vector<float> alone(films);
    for (int user = 0; user < users; ++user) {
        model->score(UserRow{user}, alone);
        QVERIFY(std::equal(alone.begin(), alone.end(), together.begin() + user * films));
    }
}

void CombinedMethodsTest::modelComesBackFromItsBytes()
{
    const auto data = test::filmsAndBooks();
    const Json parameters{{"members", {row("ials", 2.0, quickIals), row("bpr", 1.0, quickMf)}},
                          {"search", false}};
    const auto model = fitted("ensemble", parameters, data);
    const std::optional<std::string> bytes = model->serialised();
    QVERIFY(bytes.has_value());
    const auto method = test::valueOf(findMethod("ensemble"))->create(checkedFor("ensemble", parameters));
    QVERIFY(scoresOf(*test::valueOf(method->restore(data, *bytes))) == scoresOf(*model));
    std::string damaged = *bytes;
    damaged[damaged.size() / 2] ^= 1;
    for (const std::string& wrong : {damaged, bytes->substr(0, 20), std::string()}) {
        QVERIFY(!method->restore(data, wrong));
    }
    QVERIFY(!fitted("ensemble", {{"search", false}}, data)->serialised()); // ease is fitted again
}

void CombinedMethodsTest::stopIsHeard()
{
    std::stop_source stop;
    Validated validated;
    validated.context.job.stop = stop.get_token();
    const auto inner = validated.context.validation->ofUsers;
    int asked = 0;
    validated.context.validation->ofUsers = [&](const Model& model, std::span<const UserRow> some) {
        if (++asked == 3) {
            stop.request_stop(); // in the middle of the search
        }
        return inner(model, some);
    };
    const auto model = fitWith("ensemble", Json::object(), test::filmsAndBooks(), validated.context);
    QVERIFY(!model);
    QCOMPARE(model.error().code, ErrorCode::Cancelled);
    QCOMPARE(asked, 3);
    for (const char* method : {"ensemble", "hybrid", "content", "rule", "popularity"}) {
        const auto stopped = fitWith(method, Json::object(), test::filmsAndBooks(), validated.context);
        QVERIFY2(!stopped && stopped.error().code == ErrorCode::Cancelled, method);
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::CombinedMethodsTest)
#include "CombinedMethodsTest.moc"
