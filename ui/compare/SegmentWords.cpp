#include "ui/compare/SegmentWords.h"

#include "ui/text/Sentences.h"

#include <QtCore/QCoreApplication>

namespace transept::ui {
namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(SegmentWords)
};

} // namespace

QString partTitle(Segment::Dimension dimension)
{
    return dimension == Segment::Dimension::Selection ? Texts::tr("Items by lasso")
                                                      : sentences::translated("segments", titleOf(dimension));
}

QString segmentTitle(std::string_view name)
{
    return name == Segment::selectedItems ? Texts::tr("lassoed items")
                                          : sentences::translated("segments", name);
}

int placeOf(Segment::Dimension dimension)
{
    return dimension == Segment::Dimension::Selection ? -1 : static_cast<int>(dimension);
}

} // namespace transept::ui
