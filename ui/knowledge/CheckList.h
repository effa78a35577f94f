#pragma once

#include <QtWidgets/QWidget>

#include <string>
#include <vector>

class QCheckBox;

namespace transept::ui {

/// Check boxes that flow over as many lines as they need.
class CheckList final : public QWidget
{
    Q_OBJECT

public:
    explicit CheckList(QWidget* parent = nullptr);

    struct Choice
    {
        std::string name; ///< stays the same in every language
        QString text;
    };
    /// Names that were there before stay checked or not; `checked` says so for all when there were none.
    void setChoices(const std::vector<Choice>& choices, bool checked);
    void setChecked(const std::vector<std::string>& names);
    std::vector<std::string> checked() const;
    std::size_t size() const { return m_boxes.size(); }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(width, false); }
    QSize sizeHint() const override;

Q_SIGNALS:
    void changed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Box
    {
        std::string name;
        QCheckBox* box;
    };
    int arrange(int width, bool move) const;

    std::vector<Box> m_boxes;
};

} // namespace transept::ui
