#pragma once

#include "core/experiment/Spec.h"
#include "core/store/KnowledgeStore.h"

#include <QtWidgets/QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QToolButton;

namespace transept::ui {

class MethodBox;
class ParameterForm;
class SplitFields;

/// What a workspace offers a spec to choose from.
struct SpecChoices
{
    std::vector<Domain> domains;
    std::vector<KnowledgeBase> knowledge; ///< finished ones
};

/// The spec of a run as a form: data, knowledge, split and the method's own parameters. Reads and writes the
/// complete JSON document; what the form does not show it leaves as it is.
class SpecForm final : public QWidget
{
    Q_OBJECT

public:
    explicit SpecForm(QWidget* parent = nullptr);

    /// False when they are those it has: then nothing is touched.
    bool setChoices(const SpecChoices& choices);
    void setDocument(const Json& document); ///< complete, as toJson(Spec) writes it; does not emit changed()
    Json document() const;                  ///< the same with what the form says
    bool isValid() const;
    int changedCount() const; ///< parameters of the method that differ from their default

    /// What the present data and knowledge offer methods, for their list; nothing: it is not known.
    void setMetNeeds(std::optional<Needs> met);

public Q_SLOTS:
    void resetParameters();

Q_SIGNALS:
    void changed();
    void methodsListed(); ///< the list of methods is shown: what is met matters now

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void buildLayout();
    void connectFields();
    void fillTargets(const std::string& chosen);
    void fillKnowledge(const QString& chosen);
    void fillSources();
    void chooseOrAdd(QComboBox* choice, const QString& name);
    void showMethod();
    void showParameters();
    void showUses();
    void showSources();
    void showMeasuresHelp();
    void showShuffled();
    void takeSource(const std::string& name, bool used);
    void edited();
    void retranslate();
    std::string target() const;
    Json dataJson() const;

    Json m_document = Json::object();
    SpecChoices m_choices;
    std::vector<std::string> m_sources;
    bool m_filling = false;
    MethodBox* m_method;
    QLabel* m_meaning;
    QLabel* m_targetLabel = nullptr;
    QComboBox* m_target;
    QLabel* m_sourcesLabel = nullptr;
    QPushButton* m_sourcesButton;
    QMenu* m_sourcesMenu;
    QLabel* m_knowledgeLabel = nullptr;
    QComboBox* m_knowledge;
    QCheckBox* m_shuffled;
    QLabel* m_splitLabel = nullptr;
    QLabel* m_measuresLabel = nullptr;
    QLineEdit* m_measures;
    QLabel* m_measuresHelp;
    QToolButton* m_more;
    QWidget* m_details;
    SplitFields* m_split;
    ParameterForm* m_dataForm;
    ParameterForm* m_parameters;
};

} // namespace transept::ui
