#pragma once

#include "core/knowledge/ExtractorTable.h"
#include "core/knowledge/Interviewer.h"

namespace transept {

/// How many texts one request carries.
Parameter batchParameter();

/// Asks for the vectors of texts, several a request. The extraction has serverParameters() and the one above,
/// and outlives what is made.
std::unique_ptr<const Interviewer> makeEmbeddingInterviewer(const Extraction& extraction);

} // namespace transept
