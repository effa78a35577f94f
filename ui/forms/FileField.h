#pragma once

#include "ui/forms/Field.h"
#include "ui/shell/FileDialogs.h"

class QLineEdit;
class QToolButton;

namespace transept::ui {

/// The path of a file: typed, chosen in a dialog, or dropped onto the field.
class FileField final : public Field
{
    Q_OBJECT

public:
    /// Without a dialog in `dialogs` there is no button for it.
    FileField(const Parameter& parameter, FileDialogs dialogs, QWidget* parent);

    std::optional<Json> value() const override;
    void setValue(const Json& value) override;
    void retranslate() override;
    QWidget* focusTarget() override;

private:
    void choose();
    void take(const QString& path);

    FileDialogs m_dialogs;
    QLineEdit* m_path;
    QToolButton* m_choose;
};

} // namespace transept::ui
