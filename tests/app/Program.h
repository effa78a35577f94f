#pragma once

#include "core/base/Json.h"

#include <QtCore/QProcess>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

namespace transept::test {

/// What a call of the program came to.
struct Outcome
{
    int status = 0;
    std::string output;
    std::string errors;

    Json document() const { return Json::parse(output); }
    bool complainsOf(std::string_view words) const { return errors.find(words) != std::string::npos; }
};

/// Runs the program with these arguments (as a shell would split the line) in a folder and waits for its end.
inline Outcome runProgram(const std::filesystem::path& folder,
                          const QString& line,
                          const QByteArray& input = {})
{
    QProcess program;
    program.setWorkingDirectory(QString::fromStdString(folder.string()));
    program.start(QStringLiteral(TRANSEPT_PROGRAM), QProcess::splitCommand(line));
    program.write(input);
    program.closeWriteChannel();
    if (!program.waitForFinished(120'000)) {
        program.kill();
        program.waitForFinished();
        return {.status = -1, .errors = "did not end within two minutes"};
    }
    return {.status = program.exitCode(),
            .output = program.readAllStandardOutput().toStdString(),
            .errors = program.readAllStandardError().toStdString()};
}

using Keys = std::set<std::string>;

/// The names in a JSON object.
inline Keys keysOf(const Json& object)
{
    Keys keys;
    for (const auto& [key, value] : object.items()) {
        keys.insert(key);
    }
    return keys;
}

inline bool hasKeys(const Json& object, const Keys& wanted)
{
    const Keys keys = keysOf(object);
    return std::includes(keys.begin(), keys.end(), wanted.begin(), wanted.end());
}

} // namespace transept::test
