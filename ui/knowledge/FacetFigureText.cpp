#include "ui/knowledge/FacetFigureText.h"

#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QCoreApplication>

namespace transept::ui {
namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(FacetFigureText)
};

QString shareOf(std::int64_t part, std::int64_t whole)
{
    return whole == 0 ? numbers::missing()
                      : numbers::percent(static_cast<double>(part) / static_cast<double>(whole));
}

} // namespace

QString figureSentences(const FacetFigures& figures)
{
    QStringList said{Texts::tr("%1 of %2 items have facets, %3 in all, %4 of them edited; %5 items failed.")
                         .arg(numbers::count(figures.withFacets),
                              numbers::count(figures.items),
                              numbers::count(figures.facets),
                              numbers::count(figures.edited),
                              numbers::count(figures.failures))};
    if (figures.tokensIn + figures.tokensOut > 0) {
        const QString tokens = Texts::tr("It cost %1 tokens in and %2 out")
                                   .arg(numbers::count(figures.tokensIn), numbers::count(figures.tokensOut));
        said << (figures.money ? Texts::tr("%1, %2 %3.", "tokens, money, currency")
                                     .arg(tokens,
                                          numbers::real(*figures.money),
                                          QString::fromStdString(figures.currency))
                               : Texts::tr("%1; the model has no price.", "tokens").arg(tokens));
    }
    if (const AnswerCounts& answers = figures.answers; answers.calls > 0) {
        said << Texts::tr("The server answered %1 calls, after %2 retries; %3 of the replies fitted as they "
                          "first came.")
                    .arg(numbers::count(answers.calls),
                         numbers::count(answers.retries),
                         shareOf(answers.valid, answers.valid + answers.unreadable));
    }
    return sentences::paragraph(said);
}

FigureTable::Content figureRows(const FacetFigures& figures, const std::vector<FacetComparison>& compared)
{
    FigureTable::Content content{.headers = {Texts::tr("Facet"),
                                             Texts::tr("Coverage"),
                                             Texts::tr("Texts"),
                                             Texts::tr("Commonest"),
                                             Texts::tr("Share"),
                                             Texts::tr("Length"),
                                             Texts::tr("Edited")},
                                 .hints = {{},
                                           Texts::tr("Share of the items of its domains that have the facet"),
                                           Texts::tr("Distinct texts"),
                                           Texts::tr("The most frequent text"),
                                           Texts::tr("Share of the facets with the most frequent text"),
                                           Texts::tr("Mean length of a text, in characters"),
                                           Texts::tr("Facets that somebody changed, struck out or added")},
                                 .figures = {1, 2, 4, 5, 6}};
    if (!compared.empty()) {
        content.headers.insert(1, Texts::tr("Agree"));
        content.hints.insert(1, Texts::tr("Share of the items of which both say something that agree"));
        content.figures = {1, 2, 3, 5, 6, 7};
    }
    for (const FacetFigure& each : figures.byName) {
        QStringList row{sentences::facetTitle(each.name),
                        shareOf(each.items, figures.items),
                        numbers::count(each.texts),
                        QString::fromStdString(each.commonest),
                        shareOf(each.commonestFacets, each.facets),
                        numbers::real(each.meanLength),
                        numbers::count(each.edited)};
        if (!compared.empty()) {
            const auto found = std::ranges::find(compared, each.name, &FacetComparison::name);
            row.insert(1, found == compared.end() ? numbers::missing() : shareOf(found->agree, found->both));
        }
        content.rows.push_back(std::move(row));
    }
    return content;
}

} // namespace transept::ui
