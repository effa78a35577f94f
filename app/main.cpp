#include "app/commands/Commands.h"

#ifdef TRANSEPT_WITH_WINDOW
#include "app/Window.h"
#else
#include <cstdio>
#endif

int main(int argc, char** argv)
{
    if (transept::app::wantsCommand(argc, argv)) {
        return transept::app::runCommand(argc, argv);
    }
#ifdef TRANSEPT_WITH_WINDOW
    return transept::app::runWindow(argc, argv);
#else
    std::fputs("transept: this build has no window; name a subcommand (--help lists them)\n", stderr);
    return 2;
#endif
}
