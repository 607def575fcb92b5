<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
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
        <source>“%1” cannot be used as a model; the one before stays. %2</source>
        <translation>“%1”不能用作模型，继续使用原来的模型。%2</translation>
    </message>
    <message>
        <source>The model “%1” could not be opened. Open another one. %2</source>
        <translation>无法打开模型“%1”，请打开另一个模型。%2</translation>
    </message>
</context>
<context>
    <name>DocumentWords</name>
    <message>
        <source>The encoding %1 is a guess; check the characters.</source>
        <translation>编码 %1 是推测的，请检查文字。</translation>
    </message>
    <message>
        <source>Some columns have the same name; they were numbered.</source>
        <translation>有些列名相同，已加上编号。</translation>
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
        <translation>显示的内容来自 %2 个文档中的 %1 个。</translation>
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
        <source>%1 files</source>
        <translation>%1 个文件</translation>
    </message>
    <message>
        <source>Stopped. What has been judged is kept in the project.</source>
        <translation>已停止。已判定的内容保留在项目中。</translation>
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
    <message>
        <source>First %1 rows.</source>
        <translation>前 %1 行。</translation>
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
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
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
    <message>
        <source>By column</source>
        <translation>按列分组</translation>
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
