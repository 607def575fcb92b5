<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutPage</name>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>bert-tf desktop</source>
        <translation>bert-tf 桌面版</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>版本 %1</translation>
    </message>
    <message>
        <source>Judges texts and finds sentences by what they mean. Nothing that you open, type or paste leaves this computer: the program has no code that uses a network.</source>
        <translation>判断文本的情感，按含义查找句子。您打开、输入或粘贴的任何内容都不会离开这台电脑：本程序没有任何使用网络的代码。</translation>
    </message>
    <message>
        <source>Copy all licences</source>
        <translation>复制全部许可证</translation>
    </message>
    <message>
        <source>Made of</source>
        <translation>组成部分</translation>
    </message>
    <message>
        <source>Parts of the program</source>
        <translation>程序的组成部分</translation>
    </message>
    <message>
        <source>Licence of the chosen part</source>
        <translation>所选部分的许可证</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy this licence</source>
        <translation>复制此许可证</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
</context>
<context>
    <name>AddPanel</name>
    <message>
        <source>Add a model from a file</source>
        <translation>从文件添加模型</translation>
    </message>
    <message>
        <source>Choose a .tflite file that bert-export made, or drop it here. It is checked in full, run on its own examples, and copied; nothing is sent anywhere.</source>
        <translation>选择由 bert-export 生成的 .tflite 文件，或将其拖到这里。文件会经过完整检查，用自带的示例运行一遍，然后复制到本机；不会发送任何内容。</translation>
    </message>
    <message>
        <source>Checking “%1”…</source>
        <translation>正在检查“%1”…</translation>
    </message>
    <message>
        <source>Close without adding</source>
        <translation>关闭，不添加</translation>
    </message>
    <message>
        <source>Its SHA-256, if you were given one</source>
        <translation>该文件的 SHA-256（如果有人提供）</translation>
    </message>
    <message>
        <source>Expected SHA-256 of the file</source>
        <translation>文件应有的 SHA-256</translation>
    </message>
    <message>
        <source>Choose file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Choose a model file to add</source>
        <translation>选择要添加的模型文件</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel adding</source>
        <translation>取消添加</translation>
    </message>
    <message>
        <source>Add model</source>
        <translation>添加模型</translation>
    </message>
    <message>
        <source>Models (*.tflite);;All files (*)</source>
        <translation>模型 (*.tflite);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>ChartCard</name>
    <message>
        <source>Column of the chart</source>
        <translation>图表所用的列</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save this chart</source>
        <translation>保存此图表</translation>
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation>图片 (PNG)…</translation>
    </message>
    <message>
        <source>Drawing (SVG)…</source>
        <translation>矢量图 (SVG)…</translation>
    </message>
    <message>
        <source>Figures (CSV)…</source>
        <translation>数据 (CSV)…</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>保存图表</translation>
    </message>
</context>
<context>
    <name>ClassifyPage</name>
    <message>
        <source>Classify</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Type or paste a text here…</source>
        <translation>在此输入或粘贴文本…</translation>
    </message>
    <message>
        <source>Text to classify</source>
        <translation>待分类的文本</translation>
    </message>
    <message>
        <source>Sentences with their verdicts</source>
        <translation>各句及其判断</translation>
    </message>
    <message>
        <source>Sentence by sentence</source>
        <translation>逐句</translation>
    </message>
    <message>
        <source>Go to the sentences</source>
        <translation>转到句子列表</translation>
    </message>
    <message>
        <source>Go to the text</source>
        <translation>转到文本</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Clear the text</source>
        <translation>清空文本</translation>
    </message>
    <message>
        <source>What does the text say between the lines?</source>
        <translation>这段文字的弦外之音是什么？</translation>
    </message>
    <message>
        <source>Type or paste a text on the left. The verdict appears here as you write, sentence by sentence. Nothing leaves this computer.</source>
        <translation>在左侧输入或粘贴文本，判断会随您的书写逐句显示在这里。所有内容都只留在这台电脑上。</translation>
    </message>
    <message>
        <source>Show me an example</source>
        <translation>看一个示例</translation>
    </message>
    <message>
        <source>No model reads this language</source>
        <translation>没有能读这种语言的模型</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sentence(s)</source>
        <translation>
            <numerusform>共 %Ln 句</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln sentence(s) read</source>
        <translation>
            <numerusform>已读 %1 句，共 %Ln 句</numerusform>
        </translation>
    </message>
    <message>
        <source>This page judges up to %1 characters; the rest of the text was left out.</source>
        <translation>本页最多判断 %1 个字符，其余部分已略去。</translation>
    </message>
    <message>
        <source>This text could not be judged. Change it to try again. (%1)</source>
        <translation>无法判断这段文本，修改后将重试。（%1）</translation>
    </message>
    <message>
        <source>The model process stopped and was started again. Nothing was lost.</source>
        <translation>模型进程曾中止，现已重新启动，没有丢失任何内容。</translation>
    </message>
</context>
<context>
    <name>DesktopApplication</name>
    <message>
        <source>The settings could not be read and begin anew. The damaged file is kept as “%1”.</source>
        <translation>设置无法读取，已恢复为默认值。损坏的文件保存为“%1”。</translation>
    </message>
    <message>
        <source>“%1” cannot be used as a model; the one before stays. %2</source>
        <translation>“%1”不能用作模型，继续使用原来的模型。%2</translation>
    </message>
    <message>
        <source>The model “%1” could not be opened. Open another one. %2</source>
        <translation>无法打开模型“%1”，请打开另一个模型。%2</translation>
    </message>
</context>
<context>
    <name>DocumentPanel</name>
    <message>
        <source>Files in this project</source>
        <translation>此项目中的文件</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Remove %1 from the project</source>
        <translation>从项目中移除 %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>not read to its end</source>
        <translation>未读到末尾</translation>
    </message>
    <message>
        <source>Remove “%1” with its %2 rows from the project? The file itself stays.</source>
        <translation>要从项目中移除“%1”及其 %2 行吗？文件本身会保留。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) that you gave are lost.</source>
        <translation>
            <numerusform>您给出的 %Ln 个标签将会丢失。</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>EmbeddingsPage</name>
    <message>
        <source>Embeddings</source>
        <translation>语义检索</translation>
    </message>
    <message>
        <source>Paste a text here, or drop a text file…</source>
        <translation>在此粘贴文本，或拖入文本文件…</translation>
    </message>
    <message>
        <source>Text to search in</source>
        <translation>要检索的文本</translation>
    </message>
    <message>
        <source>Ask a question, or describe what you look for…</source>
        <translation>提一个问题，或描述您要找的内容…</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Nearest passages</source>
        <translation>最相近的段落</translation>
    </message>
    <message>
        <source>Open text…</source>
        <translation>打开文本…</translation>
    </message>
    <message>
        <source>Open a text file</source>
        <translation>打开文本文件</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Clear the text</source>
        <translation>清空文本</translation>
    </message>
    <message>
        <source>Go to the question</source>
        <translation>转到问题</translation>
    </message>
    <message>
        <source>Go to the text</source>
        <translation>转到文本</translation>
    </message>
    <message>
        <source>Go to the list</source>
        <translation>转到列表</translation>
    </message>
    <message>
        <source>Sentence by sentence</source>
        <translation>逐句</translation>
    </message>
    <message>
        <source>Line by line</source>
        <translation>逐行</translation>
    </message>
    <message>
        <source>How the text is cut</source>
        <translation>文本的切分方式</translation>
    </message>
    <message>
        <source>Nearest in meaning</source>
        <translation>意思最相近</translation>
    </message>
    <message>
        <source>Ask the text a question</source>
        <translation>向文本提问</translation>
    </message>
    <message>
        <source>Use your own words: sentences are found by what they mean, not by the words they share.</source>
        <translation>用您自己的话来问：句子按意思查找，而不是按相同的字词。</translation>
    </message>
    <message>
        <source>Find sentences by what they mean</source>
        <translation>按意思查找句子</translation>
    </message>
    <message>
        <source>Paste a text on the left or drop a text file there, then ask a question. Nothing leaves this computer.</source>
        <translation>在左侧粘贴文本或拖入文本文件，然后提问。所有内容都只留在这台电脑上。</translation>
    </message>
    <message>
        <source>Show me an example</source>
        <translation>看一个示例</translation>
    </message>
    <message>
        <source>No model reads this language</source>
        <translation>没有能读这种语言的模型</translation>
    </message>
    <message>
        <source>The question is in another language than the text</source>
        <translation>问题和文本的语言不同</translation>
    </message>
    <message>
        <source>The text is in %1. Sentences of two languages are read by two models, whose vectors cannot be compared. Ask in %1, or choose one model by hand at the top.</source>
        <translation>文本是%1。两种语言的句子由两个模型读取，它们的向量不能相互比较。请用%1提问，或在上方手动选择一个模型。</translation>
    </message>
    <message>
        <source>Who was helpful and kind?</source>
        <translation>Who was helpful and kind?</translation>
    </message>
    <message>
        <source>This page holds up to %1 characters; the rest of the text was left out.</source>
        <translation>本页最多容纳 %1 个字符，其余部分已略去。</translation>
    </message>
    <message>
        <source>The model could not read on. (%1)</source>
        <translation>模型无法继续读取。（%1）</translation>
    </message>
    <message>
        <source>The model process stopped and was started again. Nothing was lost.</source>
        <translation>模型进程曾中止，现已重新启动，没有丢失任何内容。</translation>
    </message>
</context>
<context>
    <name>ExportButton</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export the results</source>
        <translation>导出结果</translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation>表格 (CSV)…</translation>
    </message>
    <message>
        <source>Excel (XLSX)…</source>
        <translation>Excel (XLSX)…</translation>
    </message>
    <message>
        <source>JSON lines…</source>
        <translation>JSON 行…</translation>
    </message>
    <message>
        <source>Report (HTML)…</source>
        <translation>报告 (HTML)…</translation>
    </message>
</context>
<context>
    <name>FileFault</name>
    <message>
        <source>“%1” is not a plain text file. Save its content as text (UTF-8) first.</source>
        <translation>“%1”不是纯文本文件，请先将内容另存为文本（UTF-8）。</translation>
    </message>
    <message>
        <source>“%1” is not written in UTF-8 (%2). Save it again with the encoding UTF-8.</source>
        <translation>“%1”的编码不是 UTF-8（%2），请以 UTF-8 编码重新保存。</translation>
    </message>
    <message>
        <source>“%1” is too large for this page (%2; at most %3 bytes).</source>
        <translation>“%1”对本页来说太大（%2；上限 %3 bytes）。</translation>
    </message>
    <message>
        <source>“%1” holds no text.</source>
        <translation>“%1”中没有文字。</translation>
    </message>
    <message>
        <source>“%1” could not be read (%2).</source>
        <translation>无法读取“%1”（%2）。</translation>
    </message>
</context>
<context>
    <name>FileRows</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Valence</source>
        <translation>情感值</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Uncertain</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>uncertain</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>已更正</translation>
    </message>
</context>
<context>
    <name>FilesPage</name>
    <message>
        <source>Only the documents are taken; open a project by itself.</source>
        <translation>只读取了文档；项目请单独打开。</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Documents and projects (*.csv *.tsv *.tab *.psv *.xlsx *.xlsm *.xls *.xlsb *.ods *.json *.jsonl *.ndjson *.txt *.text *.log *.md *.markdown *.docx *.pdf *.bertproject);;All files (*)</source>
        <translation>文档和项目 (*.csv *.tsv *.tab *.psv *.xlsx *.xlsm *.xls *.xlsb *.ods *.json *.jsonl *.ndjson *.txt *.text *.log *.md *.markdown *.docx *.pdf *.bertproject);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Projects (*.bertproject)</source>
        <translation>项目 (*.bertproject)</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>打开一个文件</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo the last correction</source>
        <translation>撤销上一次更正</translation>
    </message>
    <message>
        <source>Undo the last correction (Ctrl+Z)</source>
        <translation>撤销上一次更正 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Correct again</source>
        <translation>重新更正</translation>
    </message>
    <message>
        <source>Correct again (Ctrl+Shift+Z)</source>
        <translation>重新更正 (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>Search the rows</source>
        <translation>搜索各行</translation>
    </message>
    <message>
        <source>Go to the rows</source>
        <translation>转到各行</translation>
    </message>
    <message>
        <source>Open a copied file</source>
        <translation>打开复制的文件</translation>
    </message>
    <message>
        <source>%1 files</source>
        <translation>%1 个文件</translation>
    </message>
    <message>
        <source>Stopped. What has been judged is kept in the project.</source>
        <translation>已停止。已判定的内容保留在项目中。</translation>
    </message>
    <message>
        <source>Removed from the project: %1</source>
        <translation>已从项目中移除：%1</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Search for words</source>
        <translation>搜索词语</translation>
    </message>
    <message>
        <source>All labels</source>
        <translation>所有标签</translation>
    </message>
    <message>
        <source>All languages</source>
        <translation>所有语言</translation>
    </message>
    <message>
        <source>Any status</source>
        <translation>任何状态</translation>
    </message>
    <message>
        <source>Show rows with this label</source>
        <translation>只显示此标签的行</translation>
    </message>
    <message>
        <source>Show rows in this language</source>
        <translation>只显示此语言的行</translation>
    </message>
    <message>
        <source>Show rows with this status</source>
        <translation>只显示此状态的行</translation>
    </message>
    <message>
        <source>Uncertain</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Show uncertain rows only</source>
        <translation>只显示不确定的行</translation>
    </message>
    <message>
        <source>The two best labels are close</source>
        <translation>最可能的两个标签很接近</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>已更正</translation>
    </message>
    <message>
        <source>Show corrected rows only</source>
        <translation>只显示已更正的行</translation>
    </message>
    <message>
        <source>A person gave the label</source>
        <translation>标签由人工给出</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Show all rows again</source>
        <translation>重新显示所有行</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>GroupChart</name>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>日志(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>关于(&amp;A)</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>任何位置</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>‹ Back</source>
        <translation>‹ 返回</translation>
    </message>
    <message>
        <source>Back to the page before</source>
        <translation>返回之前的页面</translation>
    </message>
    <message>
        <source>Back to the page before (Esc)</source>
        <translation>返回之前的页面（Esc）</translation>
    </message>
</context>
<context>
    <name>ImportPanel</name>
    <message>
        <source>Text to judge</source>
        <translation>要判定的文本</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>A row is</source>
        <translation>一行是</translation>
    </message>
    <message>
        <source>First row</source>
        <translation>首行</translation>
    </message>
    <message>
        <source>has names of columns</source>
        <translation>是列名</translation>
    </message>
    <message>
        <source>The first row has names of columns</source>
        <translation>首行是列名</translation>
    </message>
    <message>
        <source>First rows of the file</source>
        <translation>文件的前几行</translation>
    </message>
    <message>
        <source>Add to “%1”</source>
        <translation>添加到“%1”</translation>
    </message>
    <message>
        <source>Not this file</source>
        <translation>不用此文件</translation>
    </message>
    <message>
        <source>Analyse</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Analyse the file</source>
        <translation>分析此文件</translation>
    </message>
    <message>
        <source>a line</source>
        <translation>一行文字</translation>
    </message>
    <message>
        <source>a paragraph</source>
        <translation>一个段落</translation>
    </message>
    <message>
        <source>comma ,</source>
        <translation>逗号 ,</translation>
    </message>
    <message>
        <source>semicolon ;</source>
        <translation>分号 ;</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>bar |</source>
        <translation>竖线 |</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Reading the first rows…</source>
        <translation>正在读取前几行…</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>文件夹</translation>
    </message>
    <message numerus="yes">
        <source>%Ln column(s)</source>
        <translation>
            <numerusform>%Ln 列</numerusform>
        </translation>
    </message>
    <message>
        <source>The column “%1” will be judged; all other columns are kept beside it.</source>
        <translation>将判定“%1”列；其他各列原样保留。</translation>
    </message>
    <message>
        <source>The column “%1” will be judged.</source>
        <translation>将判定“%1”列。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) shown here.</source>
        <translation>
            <numerusform>此处显示 %Ln 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” follows, read as it seems.</source>
        <translation>随后读取“%1”，读取方式自动判断。</translation>
    </message>
    <message>
        <source>%1 more files follow, each read as it seems.</source>
        <translation>随后还有 %1 个文件，各自自动判断读取方式。</translation>
    </message>
</context>
<context>
    <name>InfluenceText</name>
    <message>
        <source>Not judged by itself</source>
        <translation>未单独判定</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on with the analysis</source>
        <translation>继续分析</translation>
    </message>
    <message>
        <source>Pause the analysis</source>
        <translation>暂停分析</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel the analysis</source>
        <translation>取消分析</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Progress of the analysis</source>
        <translation>分析进度</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>每秒 %1</translation>
    </message>
    <message>
        <source>%1 of %2 rows read</source>
        <translation>已读取 %1 / %2 行</translation>
    </message>
    <message>
        <source>%1 rows read</source>
        <translation>已读取 %1 行</translation>
    </message>
    <message>
        <source>%1 of %2 texts judged</source>
        <translation>已判定 %1 / %2 条文本</translation>
    </message>
    <message>
        <source>%1 texts judged</source>
        <translation>已判定 %1 条文本</translation>
    </message>
    <message>
        <source>%1 of %2 rows written</source>
        <translation>已写入 %1 / %2 行</translation>
    </message>
    <message>
        <source>%1 rows written</source>
        <translation>已写入 %1 行</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>剩余不到一分钟</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln minute(s) left</source>
        <translation>
            <numerusform>剩余约 %Ln 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln hour(s) left</source>
        <translation>
            <numerusform>剩余约 %Ln 小时</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JudgeBar</name>
    <message>
        <source>By language of the row</source>
        <translation>按各行的语言</translation>
    </message>
    <message>
        <source>Model that judges the rows</source>
        <translation>判定各行所用的模型</translation>
    </message>
    <message>
        <source>Judged by</source>
        <translation>判定模型</translation>
    </message>
    <message>
        <source>for the next file</source>
        <translation>用于下一个文件</translation>
    </message>
    <message>
        <source>Files in this project (%1)</source>
        <translation>此项目中的文件（%1）</translation>
    </message>
</context>
<context>
    <name>LabelButtons</name>
    <message>
        <source>Label this row %1</source>
        <translation>将此行标为“%1”</translation>
    </message>
</context>
<context>
    <name>LabelNames</name>
    <message>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>Arabic</source>
        <translation>阿拉伯语</translation>
    </message>
    <message>
        <source>German</source>
        <translation>德语</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>西班牙语</translation>
    </message>
    <message>
        <source>French</source>
        <translation>法语</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>印地语</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>意大利语</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日语</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>韩语</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>荷兰语</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>波兰语</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>葡萄牙语</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>俄语</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>泰语</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>土耳其语</translation>
    </message>
    <message>
        <source>Vietnamese</source>
        <translation>越南语</translation>
    </message>
    <message>
        <source>very negative</source>
        <translation>非常负面</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>负面</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>中性</translation>
    </message>
    <message>
        <source>positive</source>
        <translation>正面</translation>
    </message>
    <message>
        <source>very positive</source>
        <translation>非常正面</translation>
    </message>
</context>
<context>
    <name>LogPage</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>警告和错误</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Lines to show</source>
        <translation>显示哪些行</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open the folder of the log</source>
        <translation>打开日志所在的文件夹</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>复制诊断信息</translation>
    </message>
    <message>
        <source>Versions, models, settings and the last lines of the log</source>
        <translation>版本、模型、设置和日志的最后几行</translation>
    </message>
    <message>
        <source>The log holds no text of yours and no name of a document, and it stays on this computer until you hand it on.</source>
        <translation>日志中没有您的任何文本，也没有文档的名称；除非您自己转交，它只保存在这台电脑上。</translation>
    </message>
    <message>
        <source>The log</source>
        <translation>日志内容</translation>
    </message>
    <message>
        <source>Nothing has been noted yet.</source>
        <translation>还没有任何记录。</translation>
    </message>
    <message>
        <source>Copied: versions, models, settings and the last lines of the log.</source>
        <translation>已复制：版本、模型、设置和日志的最后几行。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Open model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>Models (*.tflite);;All files (*)</source>
        <translation>模型 (*.tflite);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open text</source>
        <translation>打开文本</translation>
    </message>
    <message>
        <source>Text files (*.txt *.md *.csv);;All files (*)</source>
        <translation>文本文件 (*.txt *.md *.csv);;所有文件 (*)</translation>
    </message>
    <message>
        <source>bert-tf desktop</source>
        <translation>bert-tf 桌面版</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>外观(&amp;A)</translation>
    </message>
    <message>
        <source>Open &amp;file…</source>
        <translation>打开文件(&amp;F)…</translation>
    </message>
    <message>
        <source>Open &amp;project…</source>
        <translation>打开项目(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Recent projects</source>
        <translation>最近的项目(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Open model…</source>
        <translation>打开模型(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;text…</source>
        <translation>打开文本(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Classify</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>语义检索</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
</context>
<context>
    <name>MatchDelegate</name>
    <message>
        <source>cut</source>
        <translation>有截断</translation>
    </message>
</context>
<context>
    <name>MeasureRow</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel the measurement</source>
        <translation>取消测量</translation>
    </message>
    <message>
        <source>Being tested…</source>
        <translation>正在测试…</translation>
    </message>
    <message numerus="yes">
        <source>Being measured, about %Ln second(s) left</source>
        <translation>
            <numerusform>正在测量，剩余约 %Ln 秒</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>%1 cannot be opened (%2). Check that the file is there and readable.</source>
        <translation>无法打开 %1（%2）。请检查文件是否存在、是否可读。</translation>
    </message>
    <message>
        <source>%1 is a folder or a device, not a file. Choose a document.</source>
        <translation>%1 是文件夹或设备，不是文件。请选择一个文档。</translation>
    </message>
    <message>
        <source>%1 could not be read on (%2). Check the disk or the connection, then open it again.</source>
        <translation>%1 读取中断（%2）。请检查磁盘或网络连接，然后重新打开。</translation>
    </message>
    <message>
        <source>%1 changed while it was read. Open it again.</source>
        <translation>%1 在读取过程中发生了变化，请重新打开。</translation>
    </message>
    <message>
        <source>%1 vanished while it was read. Open it again.</source>
        <translation>%1 在读取过程中消失了，请重新打开。</translation>
    </message>
    <message>
        <source>%1 could not be read (%2). It may be damaged.</source>
        <translation>无法读取 %1（%2），文件可能已损坏。</translation>
    </message>
    <message>
        <source>%1 is not a text file, whatever its name says. Choose a table, a text, a Word document or a PDF.</source>
        <translation>%1 的名称虽像文本文件，但内容不是文本。请选择表格、文本、Word 文档或 PDF。</translation>
    </message>
    <message>
        <source>%1 is not %2 (%3). Choose another one.</source>
        <translation>%1 的编码不是 %2（%3），请选择其他编码。</translation>
    </message>
    <message>
        <source>%1 is a zip file, but no workbook and no Word document. Unpack it and choose a document, or the folder.</source>
        <translation>%1 是压缩文件，但不是工作簿，也不是 Word 文档。请先解压，再选择其中的文档或整个文件夹。</translation>
    </message>
    <message>
        <source>%1 has no part %2: it is no Word document.</source>
        <translation>%1 缺少 %2 部分，不是 Word 文档。</translation>
    </message>
    <message>
        <source>%1 cannot be listed (%2).</source>
        <translation>无法列出 %1 的内容（%2）。</translation>
    </message>
    <message>
        <source>%1 holds no document that can be read (%2).</source>
        <translation>%1 中没有可以读取的文档（%2）。</translation>
    </message>
    <message>
        <source>%1 could not be read, or had other columns, when the folder was looked at (%2). Read the folder again.</source>
        <translation>查看文件夹时，%1 无法读取或列不相同（%2）。请重新读取该文件夹。</translation>
    </message>
    <message>
        <source>%1 is one JSON value of %2 bytes; at most %3 can be read. Save it as JSON lines, one object a line.</source>
        <translation>%1 是一个 %2 字节的 JSON 值，最多可读 %3 字节。请另存为 JSON lines，每行一个对象。</translation>
    </message>
    <message>
        <source>%1 is neither JSON nor JSON lines (%2). Repair or convert it.</source>
        <translation>%1 既不是 JSON，也不是 JSON lines（%2）。请修复或转换该文件。</translation>
    </message>
    <message>
        <source>%1 is %2, whose reader can end the process that it runs in. Read it through ParserProcess.</source>
        <translation>%1 是 %2 文件，必须在单独的进程中读取（ParserProcess）。</translation>
    </message>
    <message>
        <source>%1 has %2 bytes; a workbook of this kind may have %3. Save it as XLSX or CSV.</source>
        <translation>%1 有 %2 字节，这种工作簿最多 %3 字节。请另存为 XLSX 或 CSV。</translation>
    </message>
    <message>
        <source>%1 is damaged or no workbook (%2). Open it in a spreadsheet program and save it again.</source>
        <translation>%1 已损坏或不是工作簿（%2）。请用电子表格程序打开并重新保存。</translation>
    </message>
    <message>
        <source>%1 is damaged or no workbook (%2: %3). Open it in a spreadsheet program and save it again.</source>
        <translation>%1 已损坏或不是工作簿（%2：%3）。请用电子表格程序打开并重新保存。</translation>
    </message>
    <message>
        <source>%1 has %2; a sheet counts up to %3 rows and %4 columns, in order. Open it in a spreadsheet program and save it again.</source>
        <translation>%1 中有%2；工作表最多 %3 行、%4 列，且须按顺序排列。请用电子表格程序打开并重新保存。</translation>
    </message>
    <message>
        <source>%1 holds no sheet with cells. Choose another file.</source>
        <translation>%1 中没有含单元格的工作表，请选择其他文件。</translation>
    </message>
    <message>
        <source>%1 has no sheet %2; it has %3. Choose one of these.</source>
        <translation>%1 中没有工作表 %2，只有 %3。请从中选择。</translation>
    </message>
    <message>
        <source>%1 has rows of %2 columns; its preview had %3. Open it again.</source>
        <translation>%1 的行有 %2 列，而预览时有 %3 列。请重新打开。</translation>
    </message>
    <message>
        <source>%1 gave no preview. Open it again.</source>
        <translation>%1 没有给出预览，请重新打开。</translation>
    </message>
    <message>
        <source>Reading %1 was cancelled.</source>
        <translation>已取消读取 %1。</translation>
    </message>
    <message>
        <source>The process that reads documents cannot be started (%1). Close other programs and try again.</source>
        <translation>无法启动读取文档的进程（%1）。请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>%1 could not be read: the process that read it was lost (%2). The file is damaged or too large; save it in another format.</source>
        <translation>无法读取 %1：读取它的进程已中断（%2）。文件已损坏或太大，请另存为其他格式。</translation>
    </message>
    <message>
        <source>%1 is damaged or no PDF (%2). Print it to a new PDF.</source>
        <translation>%1 已损坏或不是 PDF（%2）。请重新打印成新的 PDF。</translation>
    </message>
    <message>
        <source>%1 is damaged in its part %2 (%3). Get it again.</source>
        <translation>%1 的 %2 部分已损坏（%3）。请重新获取该文件。</translation>
    </message>
    <message>
        <source>%1 is damaged: it is no complete zip file (%2). Get it again.</source>
        <translation>%1 已损坏，不是完整的压缩文件（%2）。请重新获取该文件。</translation>
    </message>
    <message>
        <source>%1 unpacks from %2 to %3 bytes in %4 parts; at most %5 bytes and %6 times its size are read. If it is yours, save the sheet as CSV.</source>
        <translation>%1 解压后从 %2 变为 %3 字节，共 %4 个部分；最多读取 %5 字节或原大小的 %6 倍。如果文件可信，请将工作表另存为 CSV。</translation>
    </message>
    <message>
        <source>%1 declares entities in its part %2; no office program writes that. It is not opened.</source>
        <translation>%1 的 %2 部分声明了实体，办公软件不会这样写，因此不予打开。</translation>
    </message>
    <message>
        <source>The encoding %1 is a guess; check the characters.</source>
        <translation>编码 %1 是推测的，请检查文字是否正确。</translation>
    </message>
    <message>
        <source>Some columns have the same name; they were numbered.</source>
        <translation>有些列同名，已加上编号。</translation>
    </message>
    <message>
        <source>Some columns have no name; they were given letters.</source>
        <translation>有些列没有名称，已用字母命名。</translation>
    </message>
    <message>
        <source>%1 of the first %2 rows have more or fewer than %3 cells.</source>
        <translation>前 %2 行中有 %1 行的单元格数不是 %3。</translation>
    </message>
    <message>
        <source>Shown from %1 of %2 documents.</source>
        <translation>显示 %2 个文档中的 %1 个。</translation>
    </message>
    <message>
        <source>The columns are those of the first %1 of %2 documents; what later ones have besides is left out and noted in its row.</source>
        <translation>列取自 %2 个文档中的前 %1 个；其后的文档中多出的列不读取，并在相应的行中注明。</translation>
    </message>
    <message>
        <source>%1 documents cannot be read; each is a row that says why.</source>
        <translation>有 %1 个文档无法读取，各占一行并说明原因。</translation>
    </message>
    <message>
        <source>Left out: %1 %2.</source>
        <translation>未读取：%1 个%2。</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有这个文件或文件夹</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>权限不足</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>不允许此操作</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>是一个文件夹</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>不是文件夹</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入输出错误</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘空间已用完</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统为只读</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名太长</translation>
    </message>
    <message>
        <source>a row %1 behind row %2</source>
        <translation>第 %2 行之后出现第 %1 行</translation>
    </message>
    <message>
        <source>a cell in column %1</source>
        <translation>第 %1 列的单元格</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>它是空的</translation>
    </message>
    <message>
        <source>%1 cannot be reached</source>
        <translation>无法访问 %1</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 处</translation>
    </message>
    <message>
        <source>%1, and %2 more</source>
        <translation>%1，以及另外 %2 个</translation>
    </message>
    <message>
        <source>%1 is neither a file nor a folder.</source>
        <translation>%1 既不是文件也不是文件夹。</translation>
    </message>
    <message>
        <source>the process that read this was lost (%1)</source>
        <translation>读取它的进程已中断（%1）</translation>
    </message>
    <message>
        <source>no sign of life for %1 seconds</source>
        <translation>%1 秒没有响应</translation>
    </message>
    <message>
        <source>killed by %1</source>
        <translation>被 %1 终止</translation>
    </message>
    <message>
        <source>exit code %1</source>
        <translation>退出代码 %1</translation>
    </message>
    <message>
        <source>%1 bytes beginning with %2</source>
        <translation>%1 字节，开头是 %2</translation>
    </message>
    <message>
        <source>no bytes</source>
        <translation>没有内容</translation>
    </message>
    <message>
        <source>File is not a zip file</source>
        <translation>文件不是 zip 压缩包</translation>
    </message>
    <message>
        <source>%1 bytes that are no SQLite database</source>
        <translation>%1 字节，不是 SQLite 数据库</translation>
    </message>
    <message>
        <source>a database of another program</source>
        <translation>其他程序的数据库</translation>
    </message>
    <message>
        <source>tables of version %1</source>
        <translation>表版本 %1</translation>
    </message>
    <message>
        <source>names that are no text</source>
        <translation>名称不是文本</translation>
    </message>
    <message>
        <source>settings of %1 bytes</source>
        <translation>设置有 %1 字节</translation>
    </message>
    <message>
        <source>settings that are no JSON</source>
        <translation>设置不是 JSON</translation>
    </message>
    <message>
        <source>%1 cells for %2 columns</source>
        <translation>%2 列对应 %1 个单元格</translation>
    </message>
    <message>
        <source>%1 characters are damaged or not %2</source>
        <translation>%1 个字符已损坏或不是 %2</translation>
    </message>
    <message>
        <source>a cell of %1 characters was cut to %2</source>
        <translation>一个 %1 字符的单元格已截短为 %2</translation>
    </message>
    <message>
        <source>empty row</source>
        <translation>空行</translation>
    </message>
    <message>
        <source>%1 empty rows in one place, left out but for this one</source>
        <translation>此处连续 %1 个空行，只保留这一行</translation>
    </message>
    <message>
        <source>longer than a preview shows</source>
        <translation>比预览显示的更长</translation>
    </message>
    <message>
        <source>not an object</source>
        <translation>不是对象</translation>
    </message>
    <message>
        <source>left out, since no earlier row has it: %1</source>
        <translation>未读取，因为前面的行没有：%1</translation>
    </message>
    <message>
        <source>the page is damaged</source>
        <translation>此页已损坏</translation>
    </message>
    <message>
        <source>a page without text, perhaps a scan</source>
        <translation>此页没有文字，可能是扫描件</translation>
    </message>
    <message>
        <source>the document wants a password; save it without one</source>
        <translation>文档需要密码，请去掉密码后保存</translation>
    </message>
    <message>
        <source>hidden files</source>
        <translation>隐藏文件</translation>
    </message>
    <message>
        <source>links to folders</source>
        <translation>指向文件夹的链接</translation>
    </message>
    <message>
        <source>devices and pipes</source>
        <translation>设备和管道</translation>
    </message>
    <message>
        <source>files of other kinds</source>
        <translation>其他类型的文件</translation>
    </message>
    <message>
        <source>links that lead nowhere or files that cannot be read</source>
        <translation>失效的链接或无法读取的文件</translation>
    </message>
    <message>
        <source>folders that cannot be listed</source>
        <translation>无法列出的文件夹</translation>
    </message>
    <message>
        <source>folders more than %1 deep</source>
        <translation>深度超过 %1 层的文件夹</translation>
    </message>
    <message>
        <source>beyond the first %1 names</source>
        <translation>超出前 %1 个的名称</translation>
    </message>
    <message>
        <source>beyond the first %1 documents</source>
        <translation>超出前 %1 个的文档</translation>
    </message>
    <message>
        <source>not JSON: %1</source>
        <translation>不是 JSON：%1</translation>
    </message>
    <message>
        <source>left out, since the table has no such column: %1</source>
        <translation>未读取，因为表格没有这一列：%1</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 个%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>There is no project %1. It may have been moved or renamed.</source>
        <translation>没有项目 %1，它可能已被移动或重命名。</translation>
    </message>
    <message>
        <source>Cannot read %1: %2. Check the name and your rights.</source>
        <translation>无法读取 %1：%2。请检查名称和访问权限。</translation>
    </message>
    <message>
        <source>The project %1 was made by a later version of this program (tables of version %2, known are up to %3). It was not touched; update the program.</source>
        <translation>项目 %1 由本程序的更新版本创建（表版本 %2，本程序最高支持 %3）。文件未作改动，请更新程序。</translation>
    </message>
    <message>
        <source>The project %1 was made by a later version.</source>
        <translation>项目 %1 由更新的版本创建。</translation>
    </message>
    <message>
        <source>%1 is not a project: %2. Choose a file that ends in .bertproject; documents are imported into a project instead.</source>
        <translation>%1 不是项目：%2。请选择以 .bertproject 结尾的文件；文档则应导入到项目中。</translation>
    </message>
    <message>
        <source>Cannot make the project %1: %2. Choose a folder where you may write.</source>
        <translation>无法创建项目 %1：%2。请选择有写入权限的文件夹。</translation>
    </message>
    <message>
        <source>%1 exists already and is not overwritten. Open it, or choose another name.</source>
        <translation>%1 已存在，不会被覆盖。请打开它，或另选名称。</translation>
    </message>
    <message>
        <source>Cannot bring %1 to the newest version: %2. It is as it was; make room or copy it elsewhere, and try again.</source>
        <translation>无法将 %1 升级到最新版本：%2。文件保持原样；请腾出空间或复制到别处后重试。</translation>
    </message>
    <message>
        <source>The project %1 was closed.</source>
        <translation>项目 %1 已关闭。</translation>
    </message>
    <message>
        <source>The project %1 is damaged (%2). It was left as it is; open a backup of it, or save what can still be read into a new one: bert-desktop rescue.</source>
        <translation>项目 %1 已损坏（%2）。文件保持原样；请打开备份，或用 bert-desktop rescue 将仍可读取的内容存入新项目。</translation>
    </message>
    <message>
        <source>The project is damaged: %1 holds no numbers.</source>
        <translation>项目已损坏：%1 中不是数字。</translation>
    </message>
    <message>
        <source>The project is damaged: it counts from %1 to %2, possible are 0 to %3.</source>
        <translation>项目已损坏：编号为 %1 到 %2，可能的范围是 0 到 %3。</translation>
    </message>
    <message>
        <source>The project is damaged: its statuses are not its own.</source>
        <translation>项目已损坏：状态与项目不符。</translation>
    </message>
    <message>
        <source>The project is damaged: its rows are not in order.</source>
        <translation>项目已损坏：行的顺序不对。</translation>
    </message>
    <message>
        <source>The project is damaged: its cells are no lists.</source>
        <translation>项目已损坏：单元格的内容不是列表。</translation>
    </message>
    <message>
        <source>Nothing of %1 can be read; open a backup of it.</source>
        <translation>%1 的内容全都无法读取，请打开备份。</translation>
    </message>
    <message>
        <source>The drive of %1 is full (%2). Nothing that was saved before is lost; make room and try again.</source>
        <translation>%1 所在的磁盘已满（%2）。之前保存的内容没有丢失；请腾出空间后重试。</translation>
    </message>
    <message>
        <source>The project %1 cannot be written (%2). Copy it to a folder where you may write, and open the copy.</source>
        <translation>无法写入项目 %1（%2）。请复制到有写入权限的文件夹，然后打开副本。</translation>
    </message>
    <message>
        <source>The project %1 is being used by another program (%2). Close it there and try again.</source>
        <translation>项目 %1 正被其他程序使用（%2）。请在那里关闭后重试。</translation>
    </message>
    <message>
        <source>The drive of %1 does not answer as it should (%2). Nothing that was saved before was changed; check the drive and try again.</source>
        <translation>%1 所在的磁盘响应异常（%2）。之前保存的内容没有改变；请检查磁盘后重试。</translation>
    </message>
    <message>
        <source>Cannot open %1: its drive cannot lock files (%2), so two programs could spoil it. Copy it to a drive of this computer.</source>
        <translation>无法打开 %1：所在的磁盘不能锁定文件（%2），两个程序同时使用会损坏它。请复制到本机的磁盘。</translation>
    </message>
    <message>
        <source>The project %1 is open in another window or process. Close it there first, or open a copy.</source>
        <translation>项目 %1 已在另一个窗口或进程中打开。请先在那里关闭，或打开副本。</translation>
    </message>
    <message>
        <source>Cannot open %1: its folder cannot be written (%2). Copy the project to a folder where you may write.</source>
        <translation>无法打开 %1：所在的文件夹不可写（%2）。请将项目复制到有写入权限的文件夹。</translation>
    </message>
    <message>
        <source>The project has no document %1.</source>
        <translation>项目中没有文档 %1。</translation>
    </message>
    <message>
        <source>The project has no row %1.</source>
        <translation>项目中没有第 %1 行。</translation>
    </message>
    <message>
        <source>The text column must be one of %1 columns, received %2.</source>
        <translation>文本列必须是 %1 列之一，收到的是 %2。</translation>
    </message>
    <message>
        <source>%1 has been imported already. To read it again, add it anew and let it replace the old one.</source>
        <translation>%1 已经导入过。要重新读取，请重新添加并替换原来的文档。</translation>
    </message>
    <message>
        <source>A project holds at most %1 rows; this one has %2 and %3 more were to come. Import a sample of the file, or judge all of it with `bert-desktop analyze`.</source>
        <translation>一个项目最多 %1 行；本项目已有 %2 行，还要加入 %3 行。请导入文件的一部分，或用 `bert-desktop analyze` 分析整个文件。</translation>
    </message>
    <message>
        <source>A project holds at most %1 %2, received %3.</source>
        <translation>一个项目最多 %1 个 %2，收到 %3 个。</translation>
    </message>
    <message>
        <source>At most %1 rows get a label at once, received %2.</source>
        <translation>一次最多给 %1 行加标签，收到 %2 行。</translation>
    </message>
    <message>
        <source>A label needs a name, received %1.</source>
        <translation>标签必须有名称，收到的是 %1。</translation>
    </message>
    <message>
        <source>%1 of %2 corrected labels would find no row in what is read now. Check how it is read (encoding, separator, header), or import it into a new project.</source>
        <translation>%2 个人工标签中有 %1 个在现在读取的内容中找不到对应的行。请检查读取方式（编码、分隔符、表头），或导入到新项目。</translation>
    </message>
    <message>
        <source>The bundle %1 is not known in this project; add it first.</source>
        <translation>本项目中没有模型 %1，请先添加。</translation>
    </message>
    <message>
        <source>The verdict %1 on text %2 does not fit its bundle: %3 scores for the labels %4.</source>
        <translation>文本 %2 的判断 %1 与模型不符：标签 %4 对应 %3 个分数。</translation>
    </message>
    <message>
        <source>Cannot write %1: %2. Nothing was written there.</source>
        <translation>无法写入 %1：%2。没有写入任何内容。</translation>
    </message>
    <message>
        <source>Cannot write %1: it is a pipe or a device, not a file. Name a file.</source>
        <translation>无法写入 %1：它是管道或设备，不是文件。请指定一个文件。</translation>
    </message>
    <message>
        <source>Writing %1 would destroy the file that is analysed; choose another name.</source>
        <translation>写入 %1 会毁掉正在分析的文件，请另选名称。</translation>
    </message>
    <message>
        <source>%1 is in the folder that is analysed, where it could destroy a document and would be read as one the next time; choose a place outside.</source>
        <translation>%1 位于正在分析的文件夹中，可能毁掉其中的文档，下次还会被当作文档读取。请选择该文件夹以外的位置。</translation>
    </message>
    <message>
        <source>There is no column %1; there are %2.</source>
        <translation>没有列 %1，只有 %2。</translation>
    </message>
    <message>
        <source>There is no output format %1; choose one of %2.</source>
        <translation>没有输出格式 %1，请从 %2 中选择。</translation>
    </message>
    <message>
        <source>The name %1 does not say in what form to write; end it with %2, or name a format (%3).</source>
        <translation>从名称 %1 看不出要写成什么格式；请以 %2 结尾，或指定格式（%3）。</translation>
    </message>
    <message>
        <source>The table has %1 columns, a sheet %2; write a .csv instead.</source>
        <translation>表格有 %1 列，而工作表最多 %2 列，请改为写入 .csv。</translation>
    </message>
    <message>
        <source>The rows have changed; export again.</source>
        <translation>行已发生变化；请重新导出。</translation>
    </message>
    <message>
        <source>The writing was called off; nothing was written.</source>
        <translation>已取消写入，没有写入任何内容。</translation>
    </message>
    <message>
        <source>the disk is full. Make room, or choose another place</source>
        <translation>磁盘已满。请腾出空间，或另选位置</translation>
    </message>
    <message>
        <source>your share of the disk is used up. Make room, or choose another place</source>
        <translation>您的磁盘配额已用完。请腾出空间，或另选位置</translation>
    </message>
    <message>
        <source>the disk does not take files of that size. Choose another place</source>
        <translation>磁盘不支持这么大的文件。请另选位置</translation>
    </message>
    <message>
        <source>the disk is read-only. Choose another place</source>
        <translation>磁盘为只读。请另选位置</translation>
    </message>
    <message>
        <source>it is write-protected, or open in another program. Close it there, or choose another name</source>
        <translation>它有写保护，或已在其他程序中打开。请在那里关闭，或另选名称</translation>
    </message>
    <message>
        <source>another program uses it. Close it there, or choose another name</source>
        <translation>其他程序正在使用它。请在那里关闭，或另选名称</translation>
    </message>
    <message>
        <source>the folder does not exist. Make it, or choose another place</source>
        <translation>文件夹不存在。请先创建，或另选位置</translation>
    </message>
    <message>
        <source>it is a folder. Name a file in it</source>
        <translation>它是一个文件夹。请指定其中的文件</translation>
    </message>
    <message>
        <source>the name is too long. Choose a shorter one</source>
        <translation>名称太长。请缩短名称</translation>
    </message>
    <message>
        <source>the disk does not answer. Is it still connected? Choose another place</source>
        <translation>磁盘没有响应。是否仍已连接？请另选位置</translation>
    </message>
    <message>
        <source>%1. Choose another place</source>
        <translation>%1。请另选位置</translation>
    </message>
    <message>
        <source>%1 has no column %2 of texts; choose one of %3.</source>
        <translation>%1 中没有文本列 %2，请从 %3 中选择。</translation>
    </message>
    <message>
        <source>%1 changed while it was read. Import it again.</source>
        <translation>%1 在读取过程中发生了变化，请重新导入。</translation>
    </message>
    <message>
        <source>%1 cannot be read (%2). Check that it is there and readable.</source>
        <translation>无法读取 %1（%2）。请检查它是否存在、是否可读。</translation>
    </message>
    <message>
        <source>%1: %2 What was read of it before stays, with its labels.</source>
        <translation>%1：%2之前读取的内容及其标签予以保留。</translation>
    </message>
    <message>
        <source>%1 cannot be read whole now (%2). What was read of it before stays, with its labels. Import it again when that can be read, or remove the document first.</source>
        <translation>现在无法完整读取 %1（%2）。之前读取的内容及其标签予以保留。请在可以读取时重新导入，或先移除该文档。</translation>
    </message>
    <message>
        <source>%1 corrected labels belonged to rows that are no longer in the file.</source>
        <translation>有 %1 个人工标签所属的行已不在文件中。</translation>
    </message>
    <message>
        <source>Changed since it was read: %1. Import it again; what stayed the same is not judged again.</source>
        <translation>读取之后有改动：%1。请重新导入，未变的内容不会重新判断。</translation>
    </message>
    <message>
        <source>Only a part was read, and the file is no longer there: %1.</source>
        <translation>只读取了一部分，而文件已不存在：%1。</translation>
    </message>
    <message>
        <source>Not read: %1. Import them again.</source>
        <translation>未读取：%1。请重新导入。</translation>
    </message>
    <message>
        <source>Not read yet: %1. Open the project again to go on.</source>
        <translation>尚未读取：%1。再次打开该项目即可继续。</translation>
    </message>
    <message>
        <source>Still to be read: %1. Go on, or cancel to leave out what was not read.</source>
        <translation>尚待读取：%1。可点“继续”读取，或点“取消”放弃未读取的部分。</translation>
    </message>
    <message>
        <source>Changed since it was chosen: %1. It is read as it is now.</source>
        <translation>选择之后有改动：%1。将按现在的内容读取。</translation>
    </message>
    <message>
        <source>To be read, but no longer there: %1. Put it back before you go on, or it is left out.</source>
        <translation>尚待读取，但已不存在：%1。请在继续之前放回原处，否则将被略过。</translation>
    </message>
    <message>
        <source>The list of what is still to be read is damaged. Import again what you do not find in the project.</source>
        <translation>待读取文件的清单已损坏。项目中缺少的文件请重新导入。</translation>
    </message>
    <message>
        <source>Texts are judged by their language.</source>
        <translation>文本按其语言判断。</translation>
    </message>
    <message>
        <source>There are no shipped bundles to choose from; open a bundle by its file.</source>
        <translation>没有随附的模型可选，请打开模型文件。</translation>
    </message>
    <message>
        <source>%1 is a bundle for %2; choose one for classification.</source>
        <translation>%1 是用于 %2 的模型，请选择分类模型。</translation>
    </message>
    <message>
        <source>%1 is named for the language %2 but made for %3; rename the file, or choose the bundle by hand.</source>
        <translation>%1 的名称指语言 %2，实际却用于 %3。请重命名文件，或手动选择模型。</translation>
    </message>
    <message>
        <source>The file of the bundle %1 was replaced; open it again.</source>
        <translation>模型 %1 的文件已被替换，请重新打开。</translation>
    </message>
    <message>
        <source>There is no file %1 and no shipped bundle of that name (shipped: %2).</source>
        <translation>没有文件 %1，也没有这个名称的随附模型（随附：%2）。</translation>
    </message>
    <message>
        <source>The worker process failed %1 times on %2: %3.</source>
        <translation>工作进程在 %2 上失败了 %1 次：%3。</translation>
    </message>
    <message>
        <source>The worker process could not answer: %1</source>
        <translation>工作进程无法应答：%1</translation>
    </message>
    <message>
        <source>The worker process ran out of memory; ask for fewer texts, or of a smaller bundle.</source>
        <translation>工作进程内存不足，请减少文本或使用更小的模型。</translation>
    </message>
    <message>
        <source>The worker was closed.</source>
        <translation>工作进程已关闭。</translation>
    </message>
    <message>
        <source>A sha256 has %1 digits from 0 to 9 and a to f; received %2 characters that are none. Paste it again, or leave the field empty.</source>
        <translation>SHA-256 由 %1 位 0 至 9 和 a 至 f 的数字组成；收到的 %2 个字符不是。请重新粘贴，或将该栏留空。</translation>
    </message>
    <message>
        <source>This file is another one: its sha256 is %1, expected %2. Get it again; nothing was added.</source>
        <translation>这是另一个文件：其 SHA-256 为 %1，应为 %2。请重新获取；未添加任何内容。</translation>
    </message>
    <message>
        <source>It does not give the answers it was sealed with: %1 The file is damaged or forged, or this processor computes otherwise; get it again, or export it here.</source>
        <translation>它给出的答案与封装时不同：%1 文件已损坏或被伪造，或本机处理器的计算结果不同；请重新获取，或在本机导出。</translation>
    </message>
    <message>
        <source>This is not the file that was added: its sha256 is %1… now. Remove it and add the model again.</source>
        <translation>这不是当初添加的文件：其 SHA-256 现为 %1…。请移除它并重新添加模型。</translation>
    </message>
    <message>
        <source>%1 is not a file. Choose a .tflite file.</source>
        <translation>%1 不是文件。请选择一个 .tflite 文件。</translation>
    </message>
    <message>
        <source>The file has %1 bytes; a model has at most %2.</source>
        <translation>文件有 %1 字节；模型最多 %2 字节。</translation>
    </message>
    <message>
        <source>The file changed while it was read. Wait until it is complete.</source>
        <translation>文件在读取时发生了变化。请等它完整后再试。</translation>
    </message>
    <message>
        <source>The file cannot be read: %1.</source>
        <translation>无法读取文件：%1。</translation>
    </message>
    <message>
        <source>%1 was not added here, so it is not removed.</source>
        <translation>%1 不是在此添加的，因此不会移除。</translation>
    </message>
    <message>
        <source>The process that read the file was lost (%1).</source>
        <translation>读取文件的进程已丢失（%1）。</translation>
    </message>
    <message>
        <source>This file has %1</source>
        <translation>此文件%1</translation>
    </message>
    <message>
        <source>no bundle data at its end: it is a plain .tflite of another program, or it was cut short while being copied. Export it with `bert-export build`, or copy it again.</source>
        <translation>末尾没有模型数据：它是其他程序的普通 .tflite 文件，或在复制时被截断。请用 `bert-export build` 导出，或重新复制。</translation>
    </message>
    <message>
        <source>The archive at the end of this file is damaged or padded. %1</source>
        <translation>此文件末尾的档案已损坏或被填充。%1</translation>
    </message>
    <message>
        <source>Export the bundle again; do not edit it with zip programs.</source>
        <translation>请重新导出模型，不要用压缩软件编辑。</translation>
    </message>
    <message>
        <source>%1 has %2 bytes; a bundle has at most %3.</source>
        <translation>%1 有 %2 字节；模型文件最大为 %3 字节。</translation>
    </message>
    <message>
        <source>%1 has %2 bytes, this computer %3 bytes of memory. Choose a smaller bundle.</source>
        <translation>%1 有 %2 字节，而这台电脑的内存只有 %3 字节。请选择更小的模型。</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>无法读取 %1：%2。</translation>
    </message>
    <message>
        <source>Rows of the project are missing. Open it again.</source>
        <translation>项目中缺少一些行。请重新打开该项目。</translation>
    </message>
    <message>
        <source>The network of %1 gave NaN or infinity for a text of %2 tokens. Export the bundle again and run `bert-edge selftest`.</source>
        <translation>%1 的网络对一段 %2 个词元的文本给出了 NaN 或无穷大。请重新导出该模型，并运行 `bert-edge selftest`。</translation>
    </message>
    <message>
        <source>The model takes more memory than its process may have.</source>
        <translation>模型所需的内存超过其进程的上限。</translation>
    </message>
    <message>
        <source>It cannot be used: %1</source>
        <translation>无法使用：%1</translation>
    </message>
    <message>
        <source>This is not a .tflite file (%1). Choose a bundle, a file that `bert-export build` wrote.</source>
        <translation>这不是 .tflite 文件（%1）。请选择由 `bert-export build` 生成的文件。</translation>
    </message>
    <message>
        <source>This .tflite file is no bundle of this program: its archive lacks %1. Export it with `bert-export build`.</source>
        <translation>此 .tflite 文件不是本程序的模型：其附带的档案缺少 %1。请用 `bert-export build` 导出。</translation>
    </message>
    <message>
        <source>%1 has %2 bytes where the manifest says %3. %4</source>
        <translation>%1 有 %2 字节，而清单记载为 %3。%4</translation>
    </message>
    <message>
        <source>%1 has sha256 %2... where the manifest says %3.... %4</source>
        <translation>%1 的 SHA-256 为 %2…，而清单记载为 %3…。%4</translation>
    </message>
    <message>
        <source>The network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>The file is damaged or was changed after it was sealed; get it again.</source>
        <translation>文件已损坏，或在封装后被改动；请重新获取。</translation>
    </message>
    <message>
        <source>%1 is of schema version %2, this program reads version %3. %4.</source>
        <translation>%1 的格式版本为 %2，本程序读取的版本为 %3。%4。</translation>
    </message>
    <message>
        <source>Update this program</source>
        <translation>请更新本程序</translation>
    </message>
    <message>
        <source>%1 Export the bundle again.</source>
        <translation>%1 请重新导出模型。</translation>
    </message>
</context>
<context>
    <name>ModelCaption</name>
    <message>
        <source>Open model…</source>
        <translation>打开模型…</translation>
    </message>
    <message>
        <source>Open a model file</source>
        <translation>打开模型文件</translation>
    </message>
    <message>
        <source>By language of the text</source>
        <translation>按文本的语言</translation>
    </message>
    <message>
        <source>Model for the text</source>
        <translation>用于文本的模型</translation>
    </message>
    <message>
        <source>Opening the model…</source>
        <translation>正在打开模型…</translation>
    </message>
    <message>
        <source>No model is open</source>
        <translation>未打开模型</translation>
    </message>
    <message numerus="yes">
        <source>%Ln class(es)</source>
        <translation>
            <numerusform>%Ln 个类别</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln dimension(s)</source>
        <translation>
            <numerusform>%Ln 维</numerusform>
        </translation>
    </message>
    <message>
        <source>reads %1 word pieces at once</source>
        <translation>一次最多读 %1 个词元</translation>
    </message>
</context>
<context>
    <name>ModelDelegate</name>
    <message>
        <source>added</source>
        <translation>已添加</translation>
    </message>
    <message>
        <source>This file is damaged</source>
        <translation>此文件已损坏</translation>
    </message>
</context>
<context>
    <name>ModelDesk</name>
    <message>
        <source>The open project is judged by this model. Choose another one on the page of files first.</source>
        <translation>打开的项目正由此模型判定。请先在“文件”页选择其他模型。</translation>
    </message>
</context>
<context>
    <name>ModelDetail</name>
    <message>
        <source>This file is damaged and is not used.</source>
        <translation>此文件已损坏，不会被使用。</translation>
    </message>
    <message>
        <source>Not tested here.</source>
        <translation>尚未在本机自检。</translation>
    </message>
    <message>
        <source>Not measured here.</source>
        <translation>尚未在本机测量。</translation>
    </message>
    <message>
        <source>Use for Classify</source>
        <translation>用于分类</translation>
    </message>
    <message>
        <source>Use for Embeddings</source>
        <translation>用于语义检索</translation>
    </message>
    <message>
        <source>Use for Files</source>
        <translation>用于文件</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Copy SHA-256</source>
        <translation>复制 SHA-256</translation>
    </message>
    <message>
        <source>Run self-test</source>
        <translation>运行自检</translation>
    </message>
    <message>
        <source>Measure speed</source>
        <translation>测量速度</translation>
    </message>
    <message>
        <source>Self-test on this computer</source>
        <translation>在本机自检</translation>
    </message>
    <message>
        <source>Speed on this computer</source>
        <translation>在本机的速度</translation>
    </message>
    <message>
        <source>Everything that the file says of itself</source>
        <translation>文件自带的全部说明</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Vectors</source>
        <translation>向量</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>量化方案</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Remove “%1”? Its copy on this computer is deleted.</source>
        <translation>要移除“%1”吗？它在本机的副本会被删除。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message>
        <source>Classification</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>语义向量</translation>
    </message>
    <message>
        <source>comes with the program</source>
        <translation>随程序提供</translation>
    </message>
    <message>
        <source>added by you</source>
        <translation>由您添加</translation>
    </message>
    <message>
        <source>%1 dimensions</source>
        <translation>%1 维</translation>
    </message>
    <message>
        <source>Not passed: of %2 examples %1 are read as other word pieces.</source>
        <translation>未通过：%2 个示例中有 %1 个被读成了不同的词元。</translation>
    </message>
    <message>
        <source>Passed: on this processor the answers differ by at most %1 from those on the machine that made the file (allowed: %2), and by at most %3 from the model before it was made small.</source>
        <translation>通过：在本机处理器上，结果与制作该文件的机器相差至多 %1（允许 %2），与压缩前的模型相差至多 %3。</translation>
    </message>
    <message>
        <source>Not passed: on this processor the answers differ by %1 from those on the machine that made the file (allowed: %2), and by %3 from the model before it was made small.</source>
        <translation>未通过：在本机处理器上，结果与制作该文件的机器相差 %1（允许 %2），与压缩前的模型相差 %3。</translation>
    </message>
    <message>
        <source>%1 short texts a second at best.</source>
        <translation>最快每秒 %1 条短文本。</translation>
    </message>
    <message>
        <source>One text alone:</source>
        <translation>单条文本：</translation>
    </message>
    <message>
        <source>%1 ms for %2 word pieces</source>
        <translation>%2 个词片 %1 毫秒</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Something else is being done. Wait until it has ended.</source>
        <translation>正在进行其他操作，请等它结束。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Add model…</source>
        <translation>添加模型…</translation>
    </message>
    <message>
        <source>Add a model from a file</source>
        <translation>从文件添加模型</translation>
    </message>
    <message>
        <source>Models of this computer</source>
        <translation>本机的模型</translation>
    </message>
    <message>
        <source>Go to the list of models</source>
        <translation>转到模型列表</translation>
    </message>
    <message>
        <source>Reading the models…</source>
        <translation>正在读取模型…</translation>
    </message>
    <message>
        <source>Every file is read in full and its hashes are compared.</source>
        <translation>完整读取每个文件并核对其哈希值。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln model(s)</source>
        <translation>
            <numerusform>%Ln 个模型</numerusform>
        </translation>
    </message>
    <message>
        <source>Added “%1”: its hashes agree and its examples hold here.</source>
        <translation>已添加“%1”：哈希值一致，示例在本机成立。</translation>
    </message>
    <message>
        <source>“%1” is here already; nothing was copied.</source>
        <translation>“%1”已在本机，未作复制。</translation>
    </message>
    <message>
        <source>Removed: %1</source>
        <translation>已移除：%1</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>The SHA-256 is on the clipboard.</source>
        <translation>SHA-256 已复制到剪贴板。</translation>
    </message>
</context>
<context>
    <name>ProbabilityBars</name>
    <message>
        <source>Class probabilities</source>
        <translation>各类别的概率</translation>
    </message>
    <message>
        <source>%1 others</source>
        <translation>其余 %1 个</translation>
    </message>
</context>
<context>
    <name>ProjectView</name>
    <message>
        <source>Rows</source>
        <translation>各行</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Views of the project</source>
        <translation>项目视图</translation>
    </message>
    <message>
        <source>Rows with their verdicts</source>
        <translation>各行及其判定</translation>
    </message>
    <message>
        <source>Enter shows a row in full; 1 to 9 give it a label, 0 takes that back.</source>
        <translation>按 Enter 显示整行；按 1 至 9 给出标签，按 0 收回。</translation>
    </message>
    <message>
        <source>No row has all of this. “Show all” lets every row in again.</source>
        <translation>没有符合所有条件的行。点“全部显示”可再次显示所有行。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln row(s)</source>
        <translation>
            <numerusform>%Ln 行中的 %1 行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuestionRow</name>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>ReadingBar</name>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Continue reading the text</source>
        <translation>继续读取文本</translation>
    </message>
    <message>
        <source>Stop reading the text</source>
        <translation>停止读取文本</translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s), all read</source>
        <translation>
            <numerusform>共 %Ln 段，已全部读完</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln second(s) left</source>
        <translation>
            <numerusform>还需约 %Ln 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s) left out</source>
        <translation>
            <numerusform>略去 %Ln 段</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 read</source>
        <translation>已读 %1 / %2</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>每秒 %1 段</translation>
    </message>
</context>
<context>
    <name>RecentButton</name>
    <message>
        <source>Open the project %1</source>
        <translation>打开项目 %1</translation>
    </message>
</context>
<context>
    <name>RouteWords</name>
    <message>
        <source>%1, chosen by hand</source>
        <translation>%1，手动选择</translation>
    </message>
    <message>
        <source>%1, taking these few words for %2</source>
        <translation>%1，文字太少，按%2处理</translation>
    </message>
    <message>
        <source>%1, because the text is in %2</source>
        <translation>%1，因为文本是%2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>There are no words here that tell the language.</source>
        <translation>这里没有能看出语言的文字。</translation>
    </message>
    <message>
        <source>The text seems to be in %1.</source>
        <translation>文本似乎是%1。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>The models here read: %1. To use one all the same, choose it by hand at the top.</source>
        <translation>这里的模型能读：%1。如果仍要使用某个模型，请在上方手动选择。</translation>
    </message>
</context>
<context>
    <name>RowDetail</name>
    <message>
        <source>Close the row</source>
        <translation>关闭此行</translation>
    </message>
    <message>
        <source>Text of the row, sentence by sentence</source>
        <translation>此行的文本，逐句显示</translation>
    </message>
    <message>
        <source>Correct the label</source>
        <translation>更正标签</translation>
    </message>
    <message>
        <source>Take the correction back</source>
        <translation>收回更正</translation>
    </message>
    <message>
        <source>Row %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>Not judged</source>
        <translation>未判定</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>已更正</translation>
    </message>
    <message>
        <source>the model says %1</source>
        <translation>模型判为“%1”</translation>
    </message>
    <message>
        <source>%1 sure</source>
        <translation>把握 %1</translation>
    </message>
    <message>
        <source>uncertain</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Blue words make it more positive, orange words more negative; strong ones are underlined.</source>
        <translation>蓝色的词使其更正面，橙色的词使其更负面；影响大的词带下划线。</translation>
    </message>
    <message>
        <source>Blue words speak for the label, orange words against it; strong ones are underlined.</source>
        <translation>蓝色的词支持该标签，橙色的词反对；影响大的词带下划线。</translation>
    </message>
    <message>
        <source>Reading it sentence by sentence…</source>
        <translation>正在逐句阅读…</translation>
    </message>
</context>
<context>
    <name>RowTable</name>
    <message>
        <source>Show the row in full</source>
        <translation>显示整行内容</translation>
    </message>
    <message>
        <source>Give the row that label</source>
        <translation>给该行加上对应标签</translation>
    </message>
    <message>
        <source>Take the label back</source>
        <translation>撤回标签</translation>
    </message>
    <message>
        <source>Sort the rows</source>
        <translation>对行排序</translation>
    </message>
</context>
<context>
    <name>SentenceDelegate</name>
    <message>
        <source>No text to judge</source>
        <translation>没有可判断的文字</translation>
    </message>
    <message>
        <source>In another language, not judged</source>
        <translation>另一种语言，未评判</translation>
    </message>
    <message>
        <source>only its beginning was read</source>
        <translation>只读了开头</translation>
    </message>
</context>
<context>
    <name>SentenceRows</name>
    <message>
        <source>In another language, not judged</source>
        <translation>另一种语言，未评判</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
</context>
<context>
    <name>SortMenu</name>
    <message>
        <source>Sort the rows</source>
        <translation>对行排序</translation>
    </message>
    <message>
        <source>By “%1”</source>
        <translation>按“%1”</translation>
    </message>
    <message>
        <source>As in the source</source>
        <translation>按来源的顺序</translation>
    </message>
</context>
<context>
    <name>StartPanel</name>
    <message>
        <source>Judge a whole file</source>
        <translation>判定整个文件</translation>
    </message>
    <message>
        <source>Drop a table, a text or a folder here: CSV, Excel, OpenDocument, JSON lines, text, Markdown, Word or PDF. Every row is judged on this computer, nothing leaves it.</source>
        <translation>将表格、文本或文件夹拖到这里：CSV、Excel、OpenDocument、JSON 行、纯文本、Markdown、Word 或 PDF。每一行都在本机判定，任何内容都不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Open a folder of documents</source>
        <translation>打开存放文档的文件夹</translation>
    </message>
    <message>
        <source>Show me an example</source>
        <translation>看一个示例</translation>
    </message>
    <message>
        <source>Projects of before</source>
        <translation>以前的项目</translation>
    </message>
</context>
<context>
    <name>StatusNames</name>
    <message>
        <source>ok</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>judged</source>
        <translation>已判定</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>unknown language</source>
        <translation>未知语言</translation>
    </message>
    <message>
        <source>unsupported language</source>
        <translation>不支持的语言</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>read in part</source>
        <translation>只读了一部分</translation>
    </message>
    <message>
        <source>ragged row</source>
        <translation>列数不符</translation>
    </message>
    <message>
        <source>cut</source>
        <translation>已截断</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>已加密</translation>
    </message>
    <message>
        <source>no text</source>
        <translation>没有文本</translation>
    </message>
</context>
<context>
    <name>SummaryView</name>
    <message>
        <source>Summary of the rows</source>
        <translation>各行的概要</translation>
    </message>
    <message>
        <source>How often each label is</source>
        <translation>各标签的数量</translation>
    </message>
    <message>
        <source>No row that is shown has been judged yet.</source>
        <translation>所显示的行尚无判定。</translation>
    </message>
    <message>
        <source>Choose a column to see the labels of each of its values.</source>
        <translation>选择一列，查看其每个值的标签分布。</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>随时间变化</translation>
    </message>
    <message>
        <source>No column of this file holds dates.</source>
        <translation>此文件没有日期列。</translation>
    </message>
    <message>
        <source>Phrases that mark each label</source>
        <translation>各标签的特征短语</translation>
    </message>
    <message>
        <source>No phrases stand out yet.</source>
        <translation>尚无突出的短语。</translation>
    </message>
    <message>
        <source>The number says in how many texts of the label a phrase is.</source>
        <translation>数字表示该标签下有多少条文本包含此短语。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) judged</source>
        <translation>
            <numerusform>已判定 %Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 uncertain (%2)</source>
        <translation>%1 行不确定（%2）</translation>
    </message>
    <message>
        <source>%1 not judged</source>
        <translation>%1 行未判定</translation>
    </message>
    <message>
        <source>mean valence %1</source>
        <translation>平均情感值 %1</translation>
    </message>
    <message numerus="yes">
        <source>of %Ln row(s)</source>
        <translation>
            <numerusform>共 %Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>By column</source>
        <translation>按列分组</translation>
    </message>
    <message>
        <source>A column is a day.</source>
        <translation>每一柱为一天。</translation>
    </message>
    <message>
        <source>A column is a week, named by its Monday.</source>
        <translation>每一柱为一周，以周一的日期标示。</translation>
    </message>
    <message>
        <source>A column is a month.</source>
        <translation>每一柱为一个月。</translation>
    </message>
    <message>
        <source>%1 rows are in smaller groups or have no date.</source>
        <translation>另有 %1 行属于较小的组或没有日期。</translation>
    </message>
    <message>
        <source>Counted in an even sample of %1 rows.</source>
        <translation>按均匀抽取的 %1 行统计。</translation>
    </message>
</context>
<context>
    <name>ValenceScale</name>
    <message>
        <source>Valence</source>
        <translation>情感值</translation>
    </message>
</context>
<context>
    <name>VerdictPanel</name>
    <message>
        <source>Overall</source>
        <translation>总体</translation>
    </message>
    <message>
        <source>Mean of its sentences · %1 word pieces, %2 read at once</source>
        <translation>各句的平均值 · 共 %1 个词元，一次读 %2 个</translation>
    </message>
    <message>
        <source>Mean of the sentences that have a verdict</source>
        <translation>已有判断的各句的平均值</translation>
    </message>
    <message>
        <source>Judged by its beginning · %1 word pieces, %2 read at once</source>
        <translation>依据开头判断 · 共 %1 个词元，一次读 %2 个</translation>
    </message>
</context>
<context>
    <name>WarningList</name>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 条</translation>
    </message>
</context>
</TS>
