<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ClassifyPage</name>
    <message numerus="yes">
        <source>%n sentence(s)</source>
        <translation>
            <numerusform>%n sentence</numerusform>
            <numerusform>%n sentences</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n sentence(s) read</source>
        <translation>
            <numerusform>%1 of %n sentence read</numerusform>
            <numerusform>%1 of %n sentences read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelCaption</name>
    <message numerus="yes">
        <source>%n class(es)</source>
        <translation>
            <numerusform>%n class</numerusform>
            <numerusform>%n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dimension(s)</source>
        <translation>
            <numerusform>%n dimension</numerusform>
            <numerusform>%n dimensions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadingBar</name>
    <message numerus="yes">
        <source>%n passage(s), all read</source>
        <translation>
            <numerusform>%n passage, read</numerusform>
            <numerusform>%n passages, all read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) left</source>
        <translation>
            <numerusform>%n second left</numerusform>
            <numerusform>%n seconds left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s) left out</source>
        <translation>
            <numerusform>%n passage left out</numerusform>
            <numerusform>%n passages left out</numerusform>
        </translation>
    </message>
</context>
</TS>
