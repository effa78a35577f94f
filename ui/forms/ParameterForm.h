#pragma once

#include "core/base/Parameter.h"
#include "ui/shell/FileDialogs.h"

#include <QtWidgets/QWidget>

#include <vector>

class QFormLayout;
class QGridLayout;
class QLabel;
class QToolButton;

namespace transept::ui {

class Field;

/// A form made from the parameters that a method or an extractor describes: label, control, unit and one
/// sentence of help each. Changed values are marked and can be reset; what does not fit is explained at its
/// field and never blocks typing; parameters that do not matter for the other values are hidden.
class ParameterForm final : public QWidget
{
    Q_OBJECT

public:
    explicit ParameterForm(QWidget* parent = nullptr);

    /// Rebuilds the form; values of parameters of the same name and type are kept.
    void setParameters(const std::vector<Parameter>& parameters);

    /// How files are chosen; before setParameters(). Without it their paths are typed or dropped.
    void setFileDialogs(FileDialogs dialogs) { m_dialogs = std::move(dialogs); }

    /// Puts a widget below the field of a parameter, which the form must have, for as long as it has it.
    void setAccessory(std::string_view parameter, QWidget* accessory);

    /// All values, with the default where what was typed does not fit.
    Json values() const;
    void setValues(const Json& values); ///< those that are there; does not emit changed()
    bool isValid() const;
    int changedCount() const; ///< values that differ from their default

public Q_SLOTS:
    void resetAll();

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Row
    {
        Field* field;
        QLabel* label;
        QLabel* help;
        QToolButton* reset;
        QWidget* accessory = nullptr;
    };

    void addRow(const Parameter& parameter);
    void updateRow(const Row& row);
    void updateAll();
    bool matters(const Parameter& parameter) const;
    static bool isChanged(const Field& field);

    QGridLayout* m_grid;
    FileDialogs m_dialogs;
    std::vector<Row> m_rows;
};

} // namespace transept::ui
