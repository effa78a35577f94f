#pragma once

#include "core/base/Parameter.h"

#include <QtWidgets/QWidget>

#include <optional>

class QLabel;
class QToolButton;

namespace transept::ui {

/// The control of one parameter: the widget that fits its type. Holds what the person typed, valid or not.
class Field : public QWidget
{
    Q_OBJECT

public:
    const Parameter& parameter() const { return m_parameter; }

    /// The value that the control shows; nothing when what was typed does not fit.
    virtual std::optional<Json> value() const = 0;
    virtual void setValue(const Json& value) = 0;
    /// What is wrong with what was typed, for the reader; empty when nothing is.
    virtual QString problem() const { return {}; }
    virtual void retranslate() {}
    /// Whether the control needs the whole width of the form, below its label.
    bool isWide() const;
    /// What the label of the field gives the focus to.
    virtual QWidget* focusTarget() = 0;

Q_SIGNALS:
    void changed(); ///< by the person, after every keystroke

protected:
    Field(Parameter parameter, QWidget* parent) : QWidget(parent), m_parameter(std::move(parameter)) {}

private:
    Parameter m_parameter;
};

} // namespace transept::ui
