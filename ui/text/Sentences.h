#pragma once

#include "core/base/Job.h"
#include "core/base/Result.h"
#include "core/store/Catalog.h"
#include "core/store/RunStore.h"

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <string_view>

/// Texts of the core in the reader's language. The core marks them with TRANSLATABLE(context, text); these
/// functions look them up under the same context.
namespace transept::ui::sentences {

/// One text of the core: `translated("methods", parameter.label)`.
QString translated(const char* context, std::string_view english);

/// The same with %1 ... %9 replaced, also when an argument itself contains "%2".
QString translated(const char* context, std::string_view english, const std::vector<std::string>& arguments);

/// What went wrong, where, and what to do.
QString of(const Error& error);

/// What a job is doing: "Reading rows"; empty when it says nothing.
QString stage(std::string_view stage);

/// The name of a run; those that the program gives ("control: item mean", also with a number behind) in the
/// reader's language.
QString runName(std::string_view name);

/// "queued", "running", ...
QString of(RunState state);
QString of(FeedbackKind kind);

/// A facet's name. Facets are named by the field that they come from, or by a model; but some by the lexical
/// extractor.
QString facetTitle(const std::string& name);

/// "books, films, music" in the reader's language.
QString list(const QStringList& parts);

/// "books", "books and films", "books, films and music" in the reader's language.
QString enumeration(const QStringList& parts);

/// Whole sentences one after the other, as the reader's language sets them: with a blank between or without.
QString paragraph(const QStringList& sentences);

} // namespace transept::ui::sentences
