<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>transept::ui::JobStrip</name>
    <message numerus="yes">
        <source>%n more running</source>
        <translation>
            <numerusform>%n more running</numerusform>
            <numerusform>%n more running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more in the queue</source>
        <translation>
            <numerusform>%n more in the queue</numerusform>
            <numerusform>%n more in the queue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::MainWindow</name>
    <message numerus="yes">
        <source>%n import(s) were interrupted. What was read is kept.</source>
        <translation>
            <numerusform>%n import was interrupted. What was read is kept.</numerusform>
            <numerusform>%n imports were interrupted. What was read is kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) of the last time did not finish.</source>
        <translation>
            <numerusform>%n run of the last time did not finish.</numerusform>
            <numerusform>%n runs of the last time did not finish.</numerusform>
        </translation>
    </message>
</context>
</TS>
