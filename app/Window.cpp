#include "app/Window.h"

#include <QtWidgets/QApplication>

namespace transept::app {

int runWindow(int argc, char** argv)
{
    const QApplication application(argc, argv);
    return QApplication::exec();
}

} // namespace transept::app
