#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace transept {

/// SHA-256 (FIPS 180-4) in lower-case hexadecimal.
std::string sha256(std::string_view bytes);

/// The same over bytes that come piece by piece.
class Sha256
{
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void add(std::string_view bytes);
    std::string hex();            ///< once, at the end
    std::string hexSoFar() const; ///< of what was added until now; more may follow

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace transept
