#pragma once

#include "core/store/Statistics.h"

#include <QtWidgets/QWidget>

#include <optional>
#include <utility>

namespace transept::ui {

/// How many people (or works) each two domains share: a heat map with the numbers in it. The diagonal holds
/// what a domain has by itself. Arrow keys and the pointer walk through the cells.
class OverlapView final : public QWidget
{
    Q_OBJECT

public:
    enum class Shared { People, Works };

    explicit OverlapView(QWidget* parent = nullptr);

    void setStatistics(const WorkspaceStatistics& statistics);
    void setShared(Shared shared);

    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

Q_SIGNALS:
    void domainClicked(transept::DomainId domain);
    /// What the current cell says; empty: none.
    void readOut(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    using Cell = std::pair<int, int>; ///< row, column

    int size() const { return static_cast<int>(m_names.size()); }
    std::int64_t valueAt(Cell cell) const;
    QRectF area() const;
    QRectF rectOf(Cell cell) const;
    std::optional<Cell> cellAt(const QPointF& position) const;
    QString describe(Cell cell) const;
    void setCurrent(std::optional<Cell> cell);
    void paintNames(QPainter& painter) const;
    void paintCell(QPainter& painter, Cell cell) const;

    std::vector<DomainId> m_ids;
    QStringList m_names;
    std::vector<std::int64_t> m_people; ///< row-major
    std::vector<std::int64_t> m_works;
    Shared m_shared = Shared::People;
    std::optional<Cell> m_current;
};

} // namespace transept::ui
