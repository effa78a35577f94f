#pragma once

#include <fmt/format.h>

#include <string>

namespace transept::test {

/// Ratings that 60 people gave to 40 films, with times.
inline std::string ratingsFile()
{
    std::string ratings = "user,item,rating,timestamp\n";
    for (int user = 1; user <= 60; ++user) {
        for (int item = 1 + user % 3; item <= 40; item += 2 + user % 2) {
            ratings +=
                fmt::format("{},{},{},{}\n", user, item, 1 + (user * item + user) % 5, 1000 * user + item);
        }
    }
    return ratings;
}

/// Titles and descriptions of these films.
inline std::string titlesFile()
{
    std::string titles = "item,title,description\n";
    for (int item = 1; item <= 40; ++item) {
        titles += fmt::format("{0},Film {0},A quiet {1} by the sea and the {2}\n",
                              item,
                              item % 2 == 0 ? "journey" : "murder",
                              item % 3 == 0 ? "detective" : "sailor");
    }
    return titles;
}

} // namespace transept::test
