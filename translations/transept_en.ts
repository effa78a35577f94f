<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>Forecast</name>
    <message numerus="yes">
        <source>%Ln item(s) with text; costs nothing.</source>
        <translation>
            <numerusform>%Ln item with text; costs nothing.</numerusform>
            <numerusform>%Ln items with text; costs nothing.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln item(s) answered already</source>
        <translation>
            <numerusform>%Ln item answered already</numerusform>
            <numerusform>%Ln items answered already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>judged by %Ln real call(s)</source>
        <translation>
            <numerusform>judged by %Ln real call</numerusform>
            <numerusform>judged by %Ln real calls</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapPicture</name>
    <message numerus="yes">
        <source>%Ln interaction(s)</source>
        <translation>
            <numerusform>%Ln interaction</numerusform>
            <numerusform>%Ln interactions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::ComparePage</name>
    <message numerus="yes">
        <source>%1 of %Ln run(s) chosen</source>
        <comment>%1: how many</comment>
        <translation>
            <numerusform>%1 of %Ln run chosen</numerusform>
            <numerusform>%1 of %Ln runs chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::DataPage</name>
    <message numerus="yes">
        <source>%Ln domain(s)</source>
        <translation>
            <numerusform>%Ln domain</numerusform>
            <numerusform>%Ln domains</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln interaction(s)</source>
        <translation>
            <numerusform>%Ln interaction</numerusform>
            <numerusform>%Ln interactions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them in more than one domain</source>
        <translation>
            <numerusform>%Ln of them in more than one domain</numerusform>
            <numerusform>%Ln of them in more than one domain</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln people</source>
        <translation>
            <numerusform>%Ln person</numerusform>
            <numerusform>%Ln people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::ExperimentsPage</name>
    <message numerus="yes">
        <source>%Ln run(s)</source>
        <translation>
            <numerusform>%Ln run</numerusform>
            <numerusform>%Ln runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln finished</source>
        <comment>runs</comment>
        <translation>
            <numerusform>%Ln finished</numerusform>
            <numerusform>%Ln finished</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <comment>runs</comment>
        <translation>
            <numerusform>%Ln waiting</numerusform>
            <numerusform>%Ln waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::ExtractionPanel</name>
    <message numerus="yes">
        <source>%1 (%Ln item(s))</source>
        <comment>name of a field</comment>
        <translation>
            <numerusform>%1 (%Ln item)</numerusform>
            <numerusform>%1 (%Ln items)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::FacetTableView</name>
    <message numerus="yes">
        <source>%Ln facet(s)</source>
        <translation>
            <numerusform>%Ln facet</numerusform>
            <numerusform>%Ln facets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::FileCard</name>
    <message numerus="yes">
        <source>All %n row(s) of the file</source>
        <translation>
            <numerusform>The only row of the file</numerusform>
            <numerusform>All %n rows of the file</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n row(s) of the file</source>
        <translation>
            <numerusform>The first row of the file</numerusform>
            <numerusform>The first %n rows of the file</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::ImportNews</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <comment>that were imported</comment>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::ImportPanel</name>
    <message numerus="yes">
        <source>Import all %n files</source>
        <translation>
            <numerusform>Import the file</numerusform>
            <numerusform>Import all %n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::InteractionView</name>
    <message numerus="yes">
        <source>%Ln interaction(s)</source>
        <translation>
            <numerusform>%Ln interaction</numerusform>
            <numerusform>%Ln interactions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::ItemFinder</name>
    <message numerus="yes">
        <source>%Ln lassoed items, the first %1 of them</source>
        <translation>
            <numerusform>%Ln lassoed item, the first %1 of them</numerusform>
            <numerusform>%Ln lassoed items, the first %1 of them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lassoed item(s)</source>
        <translation>
            <numerusform>%Ln lassoed item</numerusform>
            <numerusform>%Ln lassoed items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::ItemPageDialog</name>
    <message numerus="yes">
        <source>%Ln weighted word(s).</source>
        <translation>
            <numerusform>%Ln weighted word.</numerusform>
            <numerusform>%Ln weighted words.</numerusform>
        </translation>
    </message>
</context>
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
    <name>transept::ui::KnowledgePage</name>
    <message numerus="yes">
        <source>%Ln knowledge base(s)</source>
        <translation>
            <numerusform>%Ln knowledge base</numerusform>
            <numerusform>%Ln knowledge bases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Extend by %Ln new item(s)</source>
        <translation>
            <numerusform>Extend by %Ln new item</numerusform>
            <numerusform>Extend by %Ln new items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::LassoButton</name>
    <message numerus="yes">
        <source>%Ln lassoed item(s)</source>
        <translation>
            <numerusform>%Ln lassoed item</numerusform>
            <numerusform>%Ln lassoed items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::LassoToggle</name>
    <message numerus="yes">
        <source>Only the %Ln lassoed</source>
        <translation>
            <numerusform>Only the %Ln lassoed</numerusform>
            <numerusform>Only the %Ln lassoed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::ListCard</name>
    <message numerus="yes">
        <source>%Ln confirmed</source>
        <comment>items</comment>
        <translation>
            <numerusform>%Ln confirmed</numerusform>
            <numerusform>%Ln confirmed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::MeasureCard</name>
    <message numerus="yes">
        <source>%1, %Ln people, 95 % bootstrap interval</source>
        <comment>measure</comment>
        <translation>
            <numerusform>%1, %Ln person, 95 % bootstrap interval</numerusform>
            <numerusform>%1, %Ln people, 95 % bootstrap interval</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::PreviewPane</name>
    <message numerus="yes">
        <source>%Ln piece(s) of personal data replaced</source>
        <translation>
            <numerusform>%Ln piece of personal data replaced</numerusform>
            <numerusform>%Ln pieces of personal data replaced</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::ReasonsPanel</name>
    <message numerus="yes">
        <source>It came after %1 was trained: its score follows from what others did with it since, in %Ln interaction(s).</source>
        <translation>
            <numerusform>It came after %1 was trained: its score follows from what others did with it since, in %Ln interaction.</numerusform>
            <numerusform>It came after %1 was trained: its score follows from what others did with it since, in %Ln interactions.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::RecommendationModel</name>
    <message numerus="yes">
        <source>folded in from %Ln interaction(s)</source>
        <translation>
            <numerusform>folded in from %Ln interaction</numerusform>
            <numerusform>folded in from %Ln interactions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::RunEdits</name>
    <message numerus="yes">
        <source>delete %n run(s)</source>
        <translation>
            <numerusform>delete %n run</numerusform>
            <numerusform>delete %n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::SpecEditor</name>
    <message numerus="yes">
        <source>%n parameter(s) differ from the default.</source>
        <translation>
            <numerusform>%n parameter differs from the default.</numerusform>
            <numerusform>%n parameters differ from the default.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::SpecForm</name>
    <message numerus="yes">
        <source>%1, %n dimension(s)</source>
        <comment>name of a knowledge base</comment>
        <translation>
            <numerusform>%1, %n dimension</numerusform>
            <numerusform>%1, %n dimensions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::TableField</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transept::ui::UnfinishedWork</name>
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
