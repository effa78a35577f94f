#pragma once

#include <stdexcept>

#include <sys/resource.h>

namespace transept::test {

/// The limit of this process's address space: put back as it was when this goes.
class AddressSpace
{
public:
    AddressSpace() { getrlimit(RLIMIT_AS, &m_before); }
    AddressSpace(const AddressSpace&) = delete;
    AddressSpace& operator=(const AddressSpace&) = delete;
    ~AddressSpace() { setrlimit(RLIMIT_AS, &m_before); }

    static rlim_t limit()
    {
        rlimit now{};
        getrlimit(RLIMIT_AS, &now);
        return now.rlim_cur;
    }

    /// Throws std::runtime_error when the system refuses it.
    void setLimit(double bytes) const
    {
        const rlimit limited{.rlim_cur = static_cast<rlim_t>(bytes), .rlim_max = m_before.rlim_max};
        if (setrlimit(RLIMIT_AS, &limited) != 0) {
            throw std::runtime_error("the address space could not be limited");
        }
    }

private:
    rlimit m_before{};
};

} // namespace transept::test
