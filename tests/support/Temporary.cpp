#include "tests/support/Temporary.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace transept::test {

std::filesystem::path Temporary::path(std::string_view name) const
{
    return std::filesystem::path(m_folder.path().toStdString()) / name;
}

std::filesystem::path Temporary::write(std::string_view name, std::string_view bytes) const
{
    std::ofstream(path(name), std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return path(name);
}

Workspace Temporary::workspace(std::string_view name) const
{
    Result<Workspace> made = Workspace::create(path(name));
    if (!made) {
        throw std::runtime_error(describe(made.error()));
    }
    return std::move(*made);
}

std::string contentOf(const std::filesystem::path& file)
{
    std::ifstream input(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(input), std::istreambuf_iterator<char>()};
}

} // namespace transept::test
