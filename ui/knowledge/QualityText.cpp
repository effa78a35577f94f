#include "ui/knowledge/QualityText.h"

#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QCoreApplication>

#include <cmath>

namespace transept::ui::quality {
namespace {

/// The context of these texts for the translation.
class Quality
{
    Q_DECLARE_TR_FUNCTIONS(Quality)
};

QString figure(double value)
{
    return std::isfinite(value) ? numbers::real(value) : numbers::missing();
}

QString share(double value)
{
    return std::isfinite(value) ? numbers::percent(value) : numbers::missing();
}

/// Near items of the domains, or of pairs of two, in one sentence.
QString sentenceOfLifts(const std::vector<const NeighbourCheck*>& checks)
{
    const auto byLift = [](const NeighbourCheck* check) { return check->lift.value; };
    const auto [least, most] = std::ranges::minmax_element(checks, {}, byLift);
    const auto clear = std::ranges::count_if(checks, [](const auto* check) { return check->lift.low > 1.0; });
    const NeighbourCheck& first = *checks.front();
    const bool isWithin = first.domain == first.other;
    if (checks.size() == 1) {
        const QString text =
            first.lift.low > 1.0
                ? Quality::tr("Near items of %1 are consumed together %2 times as often as others as popular "
                              "(95 % interval %3 to %4).",
                              "domains, a factor, its interval")
                : Quality::tr("Near items of %1 are not clearly consumed together more often than others as "
                              "popular: %2 times (95 % interval %3 to %4).",
                              "domains, a factor, its interval");
        return text.arg(domains(first.domain, first.other),
                        numbers::real(first.lift.value),
                        numbers::real(first.lift.low),
                        numbers::real(first.lift.high));
    }
    const QString text =
        isWithin
            ? Quality::tr("Near items of one domain are consumed together %1 to %2 times as often as others "
                          "as popular; clearly more often in %3 of %4 domains.",
                          "two factors, two counts")
            : Quality::tr("Near items of two domains are consumed together %1 to %2 times as often as "
                          "others as popular; clearly more often in %3 of %4 pairs of domains.",
                          "two factors, two counts");
    return text.arg(numbers::real((*least)->lift.value),
                    numbers::real((*most)->lift.value),
                    numbers::count(clear),
                    numbers::count(static_cast<std::int64_t>(checks.size())));
}

/// By vectors, or by words where there are none; those by words are in the chart beside.
QStringList sentencesOfLifts(const IntrinsicChecks& checks)
{
    QStringList all;
    for (const CheckBasis basis : {CheckBasis::Vectors, CheckBasis::Terms}) {
        for (const bool isWithin : {true, false}) {
            std::vector<const NeighbourCheck*> meant;
            for (const NeighbourCheck& check : checks.neighbours) {
                if (check.basis == basis && (check.domain == check.other) == isWithin &&
                    std::isfinite(check.lift.value)) {
                    meant.push_back(&check);
                }
            }
            if (!meant.empty()) {
                all << sentenceOfLifts(meant);
            }
        }
        if (!all.isEmpty()) {
            return all;
        }
    }
    return {Quality::tr(
        "Too little was consumed together of the items that it knows to say anything of near items.")};
}

QString sentenceOfFacets(const IntrinsicChecks& checks)
{
    const auto isClear = [](const FacetCheck& check) { return check.p <= 0.05; };
    const auto best = std::ranges::find_if(checks.facets, isClear);
    if (checks.facets.empty()) {
        return Quality::tr("It has no facets to look at.");
    }
    if (best == checks.facets.end()) {
        return Quality::tr("No facet tells what is consumed together.");
    }
    return Quality::tr(
               "Of the facets %1 tells most (%2): %3 of the pairs consumed together share it, %4 by chance.",
               "facet, domains, two shares")
        .arg(sentences::facetTitle(best->facet),
             domains(best->domain, best->other),
             share(best->together),
             share(best->byChance));
}

/// Of all domains together.
QString sentenceOfLookAlikes(const IntrinsicChecks& checks, bool byFacets)
{
    std::int64_t items = 0;
    std::int64_t alike = 0;
    for (const IndistinctItems& found : checks.indistinct) {
        items += found.byFacets == byFacets ? found.items : 0;
        alike += found.byFacets == byFacets ? found.alike : 0;
    }
    if (items == 0) {
        return {};
    }
    if (alike == 0) {
        return byFacets ? Quality::tr("Every item has facets of its own.")
                        : Quality::tr("Every item has a vector of its own.");
    }
    const QString text = byFacets
                             ? Quality::tr("%1 of %2 items have the same facets as another.", "two counts")
                             : Quality::tr("%1 of %2 items have the same vector as another.", "two counts");
    return text.arg(numbers::count(alike), numbers::count(items));
}

QString sentenceOf(const NeighbourAgreement& agreement, const CheckSpec& spec)
{
    return Quality::tr("%1: it shares %2 of the %3 nearest items with %4 (%5 to %6; by chance %7).",
                       "domain, share, number, knowledge base, interval, share")
        .arg(QString::fromStdString(agreement.domain),
             share(agreement.overlap.value),
             numbers::count(spec.neighbours),
             QString::fromStdString(spec.with),
             share(agreement.overlap.low),
             share(agreement.overlap.high),
             share(agreement.overlapByChance));
}

} // namespace

QString domains(const std::string& domain, const std::string& other)
{
    return domain == other
               ? QString::fromStdString(domain)
               : sentences::enumeration({QString::fromStdString(domain), QString::fromStdString(other)});
}

QStringList sentences(const IntrinsicChecks& checks)
{
    QStringList all = sentencesOfLifts(checks);
    all << sentenceOfFacets(checks);
    all << sentenceOfLookAlikes(checks, false) << sentenceOfLookAlikes(checks, true);
    all.removeAll(QString());
    for (const NeighbourAgreement& agreement : checks.agreement) {
        all << sentenceOf(agreement, checks.spec);
    }
    for (const UncheckedDomain& domain : checks.unchecked) {
        all << Quality::tr("%1 was not looked at: %2", "domain, a sentence")
                   .arg(QString::fromStdString(domain.domain), ui::sentences::of(domain.reason));
    }
    return all;
}

FigureTable::Content facetTable(const IntrinsicChecks& checks)
{
    FigureTable::Content table{
        .headers = {Quality::tr("Facet"),
                    Quality::tr("Items of"),
                    Quality::tr("Together"),
                    Quality::tr("By chance"),
                    Quality::tr("Signal (mbit)"),
                    Quality::tr("Noise (mbit)"),
                    Quality::tr("p")},
        .hints = {QString(),
                  QString(),
                  Quality::tr("Share of the pairs of items of one person that have a value in common"),
                  Quality::tr("The same of pairs of items of two people, as popular"),
                  Quality::tr("Mutual information of \"a value in common\" and \"consumed together\", in "
                              "thousandths of a bit; at most 1,000"),
                  Quality::tr("What values that are dealt anew do not exceed in 97.5 % of the cases"),
                  Quality::tr("How often values that are dealt anew among items as popular tell as much")},
        .figures = {2, 3, 4, 5, 6}};
    for (const FacetCheck& check : checks.facets) {
        table.rows.push_back({sentences::facetTitle(check.facet),
                              domains(check.domain, check.other),
                              share(check.together),
                              share(check.byChance),
                              figure(1000.0 * check.bits),
                              figure(1000.0 * check.noise.high),
                              numbers::probability(check.p)});
    }
    return table;
}

FigureTable::Content lookAlikeTable(const IntrinsicChecks& checks)
{
    FigureTable::Content table{.headers = {Quality::tr("Items of"),
                                           Quality::tr("Same"),
                                           Quality::tr("Items"),
                                           Quality::tr("For example")},
                               .figures = {2}};
    for (const IndistinctItems& found : checks.indistinct) {
        for (const IndistinctItems::Group& group : found.largest) {
            QStringList titles;
            for (const std::string& title : group.titles) {
                titles << QString::fromStdString(title);
            }
            table.rows.push_back({QString::fromStdString(found.domain),
                                  found.byFacets ? Quality::tr("facets") : Quality::tr("vector"),
                                  numbers::count(group.items),
                                  titles.join(QStringLiteral("; "))});
            table.ids.push_back(static_cast<qint64>(number(group.examples.front())));
        }
    }
    return table;
}

FigureTable::Content agreementTable(const IntrinsicChecks& checks)
{
    FigureTable::Content table{.headers = {Quality::tr("Facet"),
                                           Quality::tr("Items of"),
                                           Quality::tr("Items"),
                                           Quality::tr("Same value"),
                                           Quality::tr("By chance"),
                                           Quality::tr("Same word"),
                                           Quality::tr("By chance")},
                               .hints = {QString(),
                                         QString(),
                                         Quality::tr("With the facet in both knowledge bases"),
                                         Quality::tr("Share of the items with a value in common"),
                                         Quality::tr("The same with the facets of another item"),
                                         Quality::tr("Share of the items with a word in common"),
                                         Quality::tr("The same with the facets of another item")},
                               .figures = {2, 3, 4, 5, 6}};
    for (const FacetAgreement& agreement : checks.facetAgreement) {
        table.rows.push_back({sentences::facetTitle(agreement.facet),
                              QString::fromStdString(agreement.domain),
                              numbers::count(agreement.items),
                              share(agreement.equal),
                              share(agreement.equalByChance),
                              share(agreement.words),
                              share(agreement.wordsByChance)});
    }
    return table;
}

} // namespace transept::ui::quality
