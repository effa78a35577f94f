#pragma once

#include "ui/experiments/SpecForm.h"

#include <QtCore/QTimer>
#include <QtWidgets/QFrame>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace transept::ui {

/// A spec as form and as JSON, one click apart and always in step; with its name, what is wrong with it, and
/// how much of it differs from the defaults.
class SpecEditor final : public QFrame
{
    Q_OBJECT

public:
    explicit SpecEditor(QWidget* parent = nullptr);

    void setChoices(const SpecChoices& choices);
    void setDocument(const Json& document); ///< missing parts get their defaults
    const Json& document() const { return m_document; }
    std::optional<Spec> spec() const; ///< nothing while something does not fit
    /// Reads what was typed into the JSON a moment ago and not read yet.
    void takePending();
    /// What the workspace lacks for this spec; nothing: it has all.
    void setUnmet(std::optional<Error> unmet);
    /// What the present data and knowledge offer methods, for their list; nothing: it is not known.
    void setMetNeeds(std::optional<Needs> met);

Q_SIGNALS:
    void changed();
    void methodsListed(); ///< the list of methods is shown: what is met matters now

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void takeForm();
    void takeText();
    void check();
    void showText();
    void updateFooter();
    void retranslate();

    Json m_document = Json::object();
    std::optional<Error> m_problem; ///< of the document
    std::optional<Error> m_unmet;
    QLineEdit* m_name;
    QToolButton* m_formButton;
    QToolButton* m_jsonButton;
    QStackedWidget* m_stack;
    SpecForm* m_form;
    QPlainTextEdit* m_text;
    QLabel* m_problemLabel;
    QLabel* m_footer;
    QPushButton* m_reset;
    QTimer m_textDelay;
};

} // namespace transept::ui
