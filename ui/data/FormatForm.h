#pragma once

#include "core/ingest/Format.h"

#include <QtWidgets/QWidget>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;

namespace transept::ui {

/// How a file is read, each part of it to be overruled.
class FormatForm final : public QWidget
{
    Q_OBJECT

public:
    explicit FormatForm(QWidget* parent = nullptr);

    /// Shows this; says nothing. `preset` is the chosen one, `detected` what the file looks like.
    void setFormat(const Format& format, const std::string& preset, const std::string& detected);
    Format format() const;
    std::string preset() const; ///< empty: as detected

Q_SIGNALS:
    void formatChosen();
    void presetChosen();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange(bool isNarrow);
    void fillBoxes();
    void showPresetLabel();
    void enableParts();
    void retranslate();

    Format m_format;
    std::string m_preset;
    std::string m_detected;
    QLabel* m_presetLabel;
    QComboBox* m_presets;
    QLabel* m_layoutLabel;
    QComboBox* m_layouts;
    QLabel* m_encodingLabel;
    QComboBox* m_encodings;
    QLabel* m_delimiterLabel;
    QComboBox* m_delimiters;
    QLabel* m_quoteLabel;
    QComboBox* m_quotes;
    QCheckBox* m_header;
    QCheckBox* m_compressed;
    QCheckBox* m_repair;
    QGridLayout* m_grid;
    QGridLayout* m_checks;
    bool m_isNarrow = false;
};

} // namespace transept::ui
