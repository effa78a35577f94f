#include "ui/recommend/ListQuestion.h"

#include "core/recommend/Newcomers.h"

#include <QtCore/QCoreApplication>

namespace transept::ui {
namespace {

constexpr int leastInteractions = 1; // of a new item

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(ListQuestion)
};

} // namespace

Result<ListAnswer> answerOf(const Workspace& workspace,
                            const ListQuestion& question,
                            const JobContext& context)
{
    const Result<std::vector<NewItem>> added =
        question.withNew ? newItems(workspace, *question.fitted, leastInteractions, context)
                         : std::vector<NewItem>();
    if (!added) {
        return passOn(added);
    }
    ListRequest request{.top = question.top, .reasons = true};
    if (question.withNew) {
        request.newItems = *added;
    }
    if (question.among) {
        request.among = *question.among;
    }
    Result<std::vector<Recommendation>> items =
        recommend(workspace, *question.fitted, question.person, request, context);
    return items ? Result<ListAnswer>(ListAnswer{std::move(*items), added->size()}) : passOn(items);
}

ListCard::Remark remarkOn(const ListQuestion& question, const Result<ListAnswer>& answer)
{
    ListCard::Remark remark{
        .nothing = question.among
                       ? Texts::tr("None of the lassoed items is left to recommend to this person.")
                       : Texts::tr("Nothing is left to recommend to this person.")};
    if (!knows(*question.fitted, question.person)) {
        remark.words = Texts::tr("folded in");
        remark.meaning = Texts::tr("This person came after the run was trained: the list "
                                   "follows from what they have done since, without training.");
    } else if (question.withNew && answer && answer->newItems == 0) {
        remark.words = Texts::tr("no new items");
        remark.meaning = Texts::tr("No item has come since this run read its data that people whom "
                                   "it knows had to do with.");
    }
    return remark;
}

} // namespace transept::ui
