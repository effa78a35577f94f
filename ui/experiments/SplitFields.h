#pragma once

#include "core/base/Json.h"
#include "core/base/Parameter.h"

#include <QtCore/QObject>

class QComboBox;
class QWidget;

namespace transept::ui {

class ParameterForm;

/// The "split" part of a spec as two controls, which the form they belong to places: the kind of split, and
/// the parameters that this kind has.
class SplitFields final : public QObject
{
    Q_OBJECT

public:
    explicit SplitFields(QWidget* parent);

    QComboBox* kinds() { return m_kinds; }
    ParameterForm* parameters() { return m_parameters; }

    std::string kind() const;            ///< as in the spec: "warm"
    void setSplit(const Json& document); ///< complete, as toJson(Spec) writes it; does not emit changed()
    Json split() const;                  ///< the same with what the controls say
    void retranslate();

Q_SIGNALS:
    void changed(); ///< by the person

private:
    void fillKinds();
    void showKind();

    Json m_document = Json::object();
    bool m_filling = false;
    QComboBox* m_kinds;
    ParameterForm* m_parameters;
};

} // namespace transept::ui
