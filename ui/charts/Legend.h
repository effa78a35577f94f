#pragma once

#include <QtWidgets/QWidget>

#include <set>
#include <vector>

class QToolButton;

namespace transept::ui {

/// Names, colours and marks of the series of a chart, as buttons that flow over several lines: a click hides
/// or shows a series, resting on one highlights it.
class Legend final : public QWidget
{
    Q_OBJECT

public:
    struct Entry
    {
        QString id;
        QString name;
        int colour = 0; ///< as seriesColour() counts
        bool operator==(const Entry&) const = default;
    };

    explicit Legend(QWidget* parent = nullptr);

    void setEntries(const std::vector<Entry>& entries); ///< hidden ones of the same id stay hidden
    std::set<QString> hidden() const { return m_hidden; }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

Q_SIGNALS:
    void hiddenChanged(const std::set<QString>& ids);
    void highlighted(const QString& id); ///< empty: none

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QToolButton* makeButton(const Entry& entry);
    int arrange(int width, bool move) const;

    std::vector<Entry> m_entries;
    std::vector<QToolButton*> m_buttons;
    std::set<QString> m_hidden;
};

} // namespace transept::ui
