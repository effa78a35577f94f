#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

/// Marks an English text that people read, so that the translation tool finds it. Expands to the text.
/// The window looks it up under the given context; the command line prints it as it stands.
#define TRANSLATABLE(context, text) text

namespace transept {

enum class ErrorCode {
    Cancelled,    ///< somebody asked to stop; what was committed stays
    InvalidInput, ///< a file, a spec or an argument is wrong
    NotFound,     ///< a file, a domain, a run that was named does not exist
    Io,           ///< the disk refused
    Database,     ///< SQLite refused
    Network,      ///< a server did not answer, or not as agreed
    Diverged,     ///< training produced a number that is not finite
    OutOfMemory,  ///< the work needs more memory than there is
};

/// What went wrong, where, and what to do: `sentence` is English with %1 ... %9 for the arguments, marked
/// TRANSLATABLE("errors", ...) where it is written, so that the window can show it in the reader's language.
/// `code` is for decisions; `detail` is for the log and may hold what a library said.
struct Error
{
    ErrorCode code{};
    std::string sentence;
    std::vector<std::string> arguments;
    std::string detail;
};

/// The English sentence with its arguments filled in.
std::string describe(const Error& error);

/// Either a value or the reason why there is none.
template<typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

/// `return fail(ErrorCode::NotFound, TRANSLATABLE("errors", "There is no run %1."), {"7"});`
inline tl::unexpected<Error> fail(ErrorCode code,
                                  std::string sentence,
                                  std::vector<std::string> arguments = {},
                                  std::string detail = {})
{
    return tl::unexpected(Error{code, std::move(sentence), std::move(arguments), std::move(detail)});
}

/// Hands the error of one result on as the error of another: `return passOn(rows);`
template<typename T>
tl::unexpected<Error> passOn(const Result<T>& failed)
{
    return tl::unexpected(failed.error());
}

} // namespace transept
