#pragma once

#include <QtWidgets/QDialog>

#include <string>
#include <vector>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace transept::ui {

/// Asks for the name and text of a facet that is added to an item.
class AddFacetDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `names`: of facets that there are; another one can be written.
    AddFacetDialog(const QString& item, const std::vector<std::string>& names, QWidget* parent);

    std::string name() const;
    std::string text() const;

private:
    void update();

    QComboBox* m_name;
    QLineEdit* m_text;
    QPushButton* m_add;
};

} // namespace transept::ui
