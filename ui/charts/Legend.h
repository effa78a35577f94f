#pragma once

#include <QtWidgets/QWidget>

#include <set>
#include <vector>

class QLabel;
class QToolButton;

namespace transept::ui {

/// Names, colours and marks of the series of a chart, as buttons that flow over several lines: a click hides
/// or shows a series, resting on one highlights it. A note stands below its name, which has the line alone.
class Legend final : public QWidget
{
    Q_OBJECT

public:
    struct Entry
    {
        QString id;
        QString name;
        int colour = 0;    ///< as seriesColour() counts
        QString note = {}; ///< a few figures; empty: none
        bool operator==(const Entry&) const = default;
    };

    explicit Legend(QWidget* parent = nullptr);

    void setEntries(const std::vector<Entry>& entries); ///< hidden ones of the same id stay hidden
    std::set<QString> hidden() const { return m_hidden; }
    void setWidestName(int pixels) { m_widestName = pixels; } ///< longer ones are elided

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
    QLabel* makeNote(const Entry& entry);
    int arrange(int width, bool move) const;

    std::vector<Entry> m_entries;
    std::vector<QToolButton*> m_buttons;
    std::vector<QLabel*> m_notes; ///< of the buttons; null: none
    std::set<QString> m_hidden;
    int m_widestName = 220;
};

} // namespace transept::ui
