<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
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
</TS>
