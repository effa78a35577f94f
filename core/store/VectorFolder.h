#pragma once

#include "core/store/HalfVectors.h"
#include "core/store/KnowledgeStore.h"

namespace transept {

/// The folder beside a workspace with its float16 vectors as training maps them: <workspace file>-vectors. A
/// cache: whoever deletes it loses the time that it takes to write it again, and nothing else.
std::filesystem::path vectorFolderOf(const std::filesystem::path& workspace);

/// All vectors of a knowledge base that has float16 ones, from their file. The first time they are written
/// there, from the database as it stands at `base`, in a ReadSnapshot of the caller; then files
/// that no base of the workspace has any more are removed. Where nothing can be written they are held in
/// memory. All who ask for the same state in this process share them. Cancelled soon after the database was
/// interrupted.
Result<std::shared_ptr<const HalfVectors>> halfVectors(const Workspace& workspace, const KnowledgeBase& base);

/// Removes the files of vectors that no knowledge base has any more, what killed programs left of unfinished
/// ones, and the folder when nothing is in it.
Status tidyVectors(const Workspace& workspace);

} // namespace transept
