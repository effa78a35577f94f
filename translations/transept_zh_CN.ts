<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>DataWords</name>
    <message>
        <source>no given part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>leave out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>domain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>interactions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>links between users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a row a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a user a line: item|time item|time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a user a line: item,item,item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one JSON object of items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>comma</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vertical bar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keep the last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keep the first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>take the mean of the values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>add the values up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keep all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reject all but the first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>%1 %</source>
        <extracomment>a share of a whole; %1 is the number</extracomment>
        <translation>%1%</translation>
    </message>
    <message>
        <source>&lt; 1 s</source>
        <translation>不到 1 秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 天 %2 小时</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>A whole number between %1 and %2 is needed here.</source>
        <translation>这里需要 %1 到 %2 之间的整数。</translation>
    </message>
    <message>
        <source>A number between %1 and %2 is needed here.</source>
        <translation>这里需要 %1 到 %2 之间的数。</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>explicit</source>
        <translation>显式</translation>
    </message>
    <message>
        <source>implicit</source>
        <translation>隐式</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1和%2</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>The disk is full: %1 was not written. Free some space and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be written (%2). Choose another place, or change its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped. What was done so far is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, line %2, column %3: this is not valid JSON. Correct the text there; quotes, commas and brackets are the usual causes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 holds a number that is too large to be read. Write a smaller one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 must be a JSON object with the keys %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not known here. Did you mean %2? Allowed are: %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not known here. Allowed are: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 must be a whole number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 must be a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 must be a text, one of %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 must be true or false.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 must be a text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is %2; it must lie between %3 and %4 (the default is %5).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is &quot;%2&quot;; it must be one of %3. Did you mean %4?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is &quot;%2&quot;; it must be one of %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An interaction of the domain %1 names an account or an item that the workspace does not hold. Restore the workspace from a backup copy, or import the domain again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The domain %1 is named twice in the selection. Name each domain once, as the target or as a source.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is left of the domain %1: no user and item have as many interactions as the selection asks for. Lower min_user and min_item.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The domain %1 has no interactions, or none of the values that the selection keeps. Import interactions, or lower min_value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A temporal split needs times, and the domain %1 has none. Import it with a time column, or choose another split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A cold-user split needs at least two people who act in %1 and in a source domain; there are %2. Add a source domain that shares users, or choose another split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A cold-item split needs at least two items with interactions in %1; there are %2. Lower min_item, or choose another split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A given split needs parts, and no interaction of %1 is of a test part. Import the files with --part train, valid and test, or choose another split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>split.ratios must be three numbers of 0 or more, those of training and test above 0, as in [0.8, 0.1, 0.1].</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>split.validation must be a share from 0 to below 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>split.share must be a share between 0 and 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>split.folds must be 2 or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>split.fold is %1; with %2 folds it must be from 0 to %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The split leaves no test user in %1: nobody has enough interactions. Lower min_user, hold out a larger share, or choose another split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The split leaves no training interaction in %1. Hold out a smaller share, or choose another split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: there is no measure %2. Did you mean %3?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: there is no measure %2. There are %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the measure %2 has no K; write %2 in place of %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the measure %2 needs a K, as in %2@10.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the K of %2 must be a whole number from 1 to %3, as in %4@10.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training ran away in epoch %1: the loss is no longer a number. Lower the learning rate or raise the regularisation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is &quot;%2&quot;, but the workspace is empty. Import data first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is &quot;%2&quot;; there is no such domain. Did you mean %4? There are: %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is &quot;%2&quot;; there is no such domain. There are: %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 needs people who act in %2 and in a source domain; nobody does in %3. Choose another source, or link the accounts first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 needs a source domain. Name one or several under data.sources.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>knowledge is &quot;%1&quot;, but the workspace has no knowledge base yet. Extract one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>knowledge is &quot;%1&quot;; there is no such knowledge base. Did you mean %3? There are: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>knowledge is &quot;%1&quot;; there is no such knowledge base. There are: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The knowledge base %1 is not finished (it is %2). Resume its extraction, or choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The knowledge base %1 knows no item of %2. Extract knowledge for that domain, or choose another knowledge base.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 needs knowledge of the items. Name a knowledge base under &quot;knowledge&quot;; the command &quot;transept knowledge&quot; extracts one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>split.kind temporal needs times, and the interactions of %1 have none. Import them with a time column, or choose another split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>split.kind given needs interactions of %1 that were imported as parts train and test. Import the files with --part, or choose another split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 learns from ratings, and %2 holds implicit feedback. Choose a method for implicit feedback, or another target.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is %2, but the ratings of %3 end at %4: nothing would be left. Lower it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run %1 is being worked on already, here or by another program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run %1 is %2: only queued and interrupted runs can be started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run %1 is %2: only finished runs can recommend.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data has changed since run %1 was trained. Run its spec again to recommend on the present data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 must be %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 names %2 twice. Once is enough.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>data.target is missing. Name the domain whose items are recommended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>data.sources names %1, which is the target. Take it out of the list: a domain helps another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>split.ratios is %1. The three shares (training, validation, test) must add up to 1; training and test must be above 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>split.fold is %1; with %2 folds it must lie between 0 and %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>method.name is &quot;%1&quot;; it must be one of %2. Did you mean %3?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>method.name is &quot;%1&quot;; it must be one of %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>method.name is missing. The command &quot;transept methods&quot; lists the methods.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>threads does not belong in a spec: it is a setting of the machine and never changes a result. Take it out, and use --threads or the settings instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>transept is %1, but this program reads specs of version 1. Write &quot;transept&quot;: 1, or update the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shuffle_knowledge is true, but there is no knowledge to shuffle. Name a knowledge base under &quot;knowledge&quot;, or take shuffle_knowledge out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is missing. A spec needs at least {&quot;data&quot;: {&quot;target&quot;: DOMAIN}, &quot;method&quot;: {&quot;name&quot;: METHOD}}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no place %1 in the spec. A path is words joined by dots, as in method.alpha=0.3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be read (%2). Check the disk and the permissions, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no file %1. Check the name and the folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is a folder. Choose a file in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 may not be read. Check the permissions of the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not a readable gzip file. Unpack it, or fetch it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is damaged or not complete. Fetch the file again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no column %1. Did you mean %3? The columns are: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no column %1. The columns are: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A quote opens in this line and does not close. Correct it, or read quotes as text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text follows a closing quote. Double the quotes within a field, or read them as text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The row has %1 fields instead of %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 holds JSON, of which only one object of lists is read. Convert it to CSV first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has no rows. Choose another file, or say that its first line is no header.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, line %2: %3 Nothing was imported, because the first bad row was to stop it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not the file any more that the import began with: it has changed before line %2. Import it again from the start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: none of the %2 rows fits. Line %3: %4 Check the delimiter and what the columns hold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no import %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The import %1 is complete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The import %1 is still running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The user is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The item is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The domain of the item %1 is not known: no description of it was imported before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The item %1 is in several domains, so the row could belong to any.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 &quot;%2&quot; is not a finite number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 &quot;%2&quot; is not a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 &quot;%2&quot; is not a time: seconds or milliseconds since 1970, or a date such as 2016-05-31 or 2016-05-31T12:00:00Z.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no part: train, valid or test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The user %1 has the item %2 already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a member of a JSON object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The value of %1 is not a number, a text or a list of these.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is not valid JSON from here on. Nothing behind this place was read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The options of the import have a value of the wrong type.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: no column is known to hold the %2. The columns are: %3. Say which one it is, by name or number, or choose another delimiter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: a file of links needs two columns of users, one for each platform. The columns are: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: two columns have the role %2. Choose one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A column names the domain and %1 is given as well. Leave one out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: no domain is named. Name it, or the column that holds it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interactions belong to one domain, and %1 are named. Only descriptions of items can be shared by several domains.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Links join the accounts of two platforms: name both, separated by a comma, in the order of the columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The domains shall come from the items, and there are no items. Import the descriptions of the items first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The domains shall come from the items, and there are several platforms: %1. Name one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: no platform is named for these users. Name it, or one of its domains.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no part %1. A part is train, valid or test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no preset %1. Did you mean %3? There are: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no preset %1. There are: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line %1 is longer than %2 MiB. Check the delimiter and the line ends of the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The row holds a zero byte, which no text has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The row is not valid %1 text. Choose another encoding if many rows are so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 could not be written. Check the free space and the folder&apos;s permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 exists already. Choose another name, or remove it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder %1 could not be made. Check the permissions of the folder above it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The line has a user and no event.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not an event of the form item|time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The domain is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The domain &quot;%1&quot; is none of those that were named.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is a %2 file, not a text file. Unpack or convert it to CSV first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not a text file: it holds binary data. Choose a delimited text file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is empty. Choose another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no user %1 on the platform %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reply does not hold one vector for each text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no extractor %1. There are: %2. Did you mean %3?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no extractor %1. There are: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace has no items to extract knowledge from. Import data first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No item has a field %1. There are: %2. Did you mean %3?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No item has a field %1. There are: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The knowledge base needs a name that does not start or end with a blank.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The token budget is spent. Raise it and go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host of %1 is not known. Check the address of the server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not answer. Check that the server runs and that its address is right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 took longer than %2 s. Raise the time limit or use a smaller model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of %1 could not be trusted (%2). Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not the address of a server. Write it as http://host:port/v1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 sent a reply that is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exchange with %1 failed (%2). Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A key is not sent to %1 over plain HTTP, where others can read it. Use an https address, or a server without a key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items cannot be coloured by %1. Choose one of: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No item of these domains has a text in the chosen fields. Import item descriptions, or choose other fields.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The item is not in the chosen domains.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No word of this item&apos;s text stands in another item&apos;s text as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 refused the key (HTTP %2). Put a valid key into the environment or the keychain: the setting key_env names the variable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not there, or the server does not have this model (%2). Check both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not accept the request (HTTP %1): %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s limit is reached (HTTP 429): %1 Go on later; nothing is asked twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 answered HTTP %2: %3 Try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 did not answer as an OpenAI-compatible server does. Check the address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The knowledge base %1 is not finished (%2). Go on with its extraction, or choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The prompt names %1; only {title}, {fields} and {facets} can be filled in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The prompt says nothing about the item. Put {title} or {fields} into it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is no name for a facet. Write words separated by commas: topic, mood.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name between 1 and %1 facets, separated by commas: topic, mood.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reply holds no message.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reply was cut at the token limit. Raise max_tokens or ask for fewer facets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reply is not the JSON object that was asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reply has none of the facets that were asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>settings.url is empty. Give the address of a server: http://host:port/v1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>settings.model is empty. Give the name of a model that the server has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This item has no text in the chosen fields.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The method carried-bias carries a user&apos;s bias from the ratings of a source domain to the ratings of %1. Choose a target and a source with ratings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The method %1 needs a knowledge base for the domain %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The knowledge base has no term weights for the domain %1. Choose the features &quot;vectors&quot;, or a base of the extractor &quot;lexical&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The domain %1 has no ratings to predict. Set &quot;predict&quot; to &quot;order&quot;, or choose a domain with ratings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The domain %1 has no ratings that this similarity could compare. Set &quot;similarity&quot; to &quot;cosine&quot; or &quot;bm25&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This method inverts a matrix of items or of users and takes at most %1 of either; here are %2 items and %3 users (with features). Keep fewer with min_item and min_user, leave out a source domain, or use item-knn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training diverged in epoch %1: its numbers are no longer finite. Lower the learning rate (now %2) or raise the regularisation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stored model does not belong to this data or is damaged. Run its spec again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This method is fitted again instead of restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no method %1. Did you mean %2? There are: %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no method %1. There are: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system of equations has no unique solution in the computer&apos;s precision. Raise the regularisation (lambda).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run&apos;s knowledge base has no such similarity for the domain %1. Choose a knowledge base that covers this domain, or the similarity &quot;both&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The method %1 needs a knowledge base with vectors for the items of the domain %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run %1 (%2) kept no predictions: its method ranks items and predicts no ratings, or it is not finished. Export lists instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run %1 kept no lists: it is not finished, or its measures are of ratings only. Run it with a ranking measure such as ndcg@10.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data has changed since run %1 was trained: its test part is gone. Run its spec again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The method %1 learns no factors. Export its lists or predictions instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This user has no interaction in the data of the run (target %1). Choose another user, or a run on other domains.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no user %1: the workspace is empty. Import data first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no user %1 on the platform %2. Users are named as in the imported file, for example %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no user %1. Users are named as in the imported file, for example %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The user %1 is on several platforms (%2). Say which one (--platform).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 must end in .csv or .json: the ending says the format. Matrices (factors, vectors) may end in .npy as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The domain %1 belongs to the platform %2, not %3. Choose another name for the domain, or import to its platform.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The domain %1 holds %2 feedback, not %3. Choose another name for the domain, or the kind that it has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no domain %1: the workspace is empty. Import data first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no domain %1. Did you mean %2? There are: %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no domain %1. There are: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A domain and its platform need a name. Give them one, like films.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace cannot be opened: two helper files beside it (-wal and -shm) cannot be written. Copy the workspace into a folder that you may write, and open the copy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program is writing to the workspace. Try again when it is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full. Free some space and try again; nothing was lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace cannot be written. Check the permissions of the file and its folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk did not read or write the workspace as it should (%1). Check that it is connected and has space; what was committed is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace file is damaged. Restore it from a backup copy (%1).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace refused the change (%1).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be created. Check that the folder exists and may be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be opened. Check that it exists and may be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 may only be read. Change its permissions, or work on a copy in a folder of yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The item %1 is not in this workspace any more. Load the page again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no import %1 in this workspace.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no knowledge base %1: the workspace has none. Extract knowledge first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no knowledge base %1. Did you mean %2? There are: %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no knowledge base %1. There are: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The knowledge base is no longer there. Choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The knowledge base %1 exists and is finished. Choose another name, or delete it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The knowledge base %1 was begun with other settings. Choose another name, or the settings that it was begun with: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The knowledge base %1 is being extracted by another job. Wait until it is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace could not be brought to the present version: rows of its table %1 name rows that are not there. It was left as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no run %1. The command &quot;transept runs&quot; lists them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not a Transept workspace. Choose a .transept file or create a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was written by a newer Transept (workspace version %2, this program knows %3). Update the program; the file was not touched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 exists already. Choose another name, or open it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no workspace %1. Check the name, or create it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be created: %2 is left from another workspace of that name. Move it away, or choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is of an older version. Open it for writing once to update it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Texts cannot be split into words: the data files of ICU are missing. Install them again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 could not be written. Check the folder and the free space.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not of the form NAME=VALUE.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--columns: there is no role %1. Did you mean %3? Roles: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--columns: there is no role %1. Roles: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--set %1 lacks a value. Write it as KEY=VALUE, such as dimension=64.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The spec %1 cannot be read. Check the name; &quot;-&quot; reads standard input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--set %1 has no value. Write PATH=VALUE, as in --set method.factors=32.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is no run: runs are named by their number, as &quot;transept runs&quot; shows it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>inspect</name>
    <message>
        <source>By its name %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first rows all hold 1: implicit feedback, which needs no value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By its place: user, item, value, time is the usual order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its values are times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is the only other id.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept as the field %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first column that can be an id.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first column of texts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By its place in a member &quot;key&quot;: [item, domain].</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every line is what one user did.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no column of users: descriptions of items.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are columns of users and of items.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a column of users and none of items.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The second column holds texts: titles of items.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The second column holds F or M: properties of users.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first two columns can be a user and an item.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By its place: the users of two platforms.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first row looks like the others: no header.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first row has the form name:type.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; stands above a column of numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a usual name of a column.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of the first rows have too many fields because an HTML entity was cut at its semicolon.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns and delimiter are those of %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first two bytes are those of a gzip file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MovieLens ratings.csv: userId, movieId, rating, timestamp</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MovieLens movies.csv: movieId, title, genres</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MovieLens ratings.dat: user::movie::rating::time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MovieLens movies.dat: movie::title::genres, Latin-1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MovieLens users.dat: user::gender::age::occupation::zip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MovieTweetings ratings.dat: user::IMDb number::rating::time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MovieTweetings movies.dat: IMDb number::title::genres</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Book-Crossing ratings as published: semicolons, quotes, Latin-1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Book-Crossing books as published: semicolons, quotes, Latin-1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Book-Crossing items_info.dat, tab separated. Where the semicolon of an HTML entity became a tab, the row is put together again; what does not fit then is rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Douban ratings: user, item, rating, tab separated, no header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RecBole atomic file .inter: tab separated, header name:type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RecBole atomic file .item: tab separated, header name:type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RecBole atomic file .user: tab separated, header name:type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interactions, tab separated, with a header line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Descriptions of items, tab separated, with a header line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One user a line: user item|time item|time ...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One user a line: number, tab, item,item,... oldest first. In a file of part valid or test the last item of a line is of that part, the items before it are of part train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A JSON object of items: &quot;key&quot;: [item, domain]</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No delimiter occurs regularly: one column.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 gives %2 columns in %3 % of the first %4 lines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No field of the first lines is quoted; a quote would enclose a field, as is usual with this delimiter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No field of the first lines is quoted; quotes are read as text, as is usual with this delimiter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of the first lines have quoted fields.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of the first lines have fields that begin with a quote and go on behind the next: quotes are text here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file starts with a byte order mark of UTF-16.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every other byte is zero, as in UTF-16.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file starts with a byte order mark of UTF-8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only ASCII in the first %1 bytes, which is valid UTF-8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 bytes above 127, all of them valid UTF-8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 bytes above 127, nearly all of them valid UTF-8; rows with others will be rejected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 bytes above 127 that are not valid UTF-8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file starts like a JSON object of lists or numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of the first %2 lines are a user and events of the form item|time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lines are a number, a tab, and item ids joined by commas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a line.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>measures</name>
    <message>
        <source>RMSE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root of the mean squared error of the predicted ratings, clipped to the scale, over all held-out pairs. Per user: the mean squared error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MAE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean absolute error of the predicted ratings, clipped to the scale, over all held-out pairs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the held-out pairs whose predicted rating lies on the right side of the relevance threshold (the middle of the scale when none is set).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the held-out pairs predicted relevant that are (threshold as for accuracy).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the relevant held-out pairs that are predicted relevant (threshold as for accuracy).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Harmonic mean of precision and recall over the held-out pairs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AUC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Area under the ROC curve over the held-out pairs: how often a relevant pair scores above another one, equal scores counting half (threshold as for accuracy).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean negative log-likelihood of relevance over the held-out pairs, the predicted rating&apos;s place on the scale read as its probability.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ranking AUC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often a user&apos;s relevant held-out item scores above another item that the user has not seen, equal scores counting half; the mean over users.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision at K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the first K places that are relevant; the mean over users.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recall at K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the user&apos;s relevant items among the first K places; the mean over users.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F1 at K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Harmonic mean of precision and recall at K; the mean over users.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hit rate at K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the users with a relevant item among the first K places.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NDCG at K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discounted gain of the relevant items among the first K places, over that of the best possible list; the mean over users.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MAP at K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean of the precision at each relevant place among the first K, over the most that could be reached; the mean over users.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MRR at K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One over the place of the first relevant item, 0 when none is among the first K; the mean over users.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coverage at K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the catalogue that stands in anybody&apos;s first K places.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gini at K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How unevenly the recommendations are spread over the catalogue: 0 evenly, 1 all on one item.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Novelty at K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean of -log2 of the recommended items&apos; share of the training interactions, in bits; unknown items count as seen once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diversity at K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 minus the mean cosine between the knowledge vectors of the items of a list; the mean over users.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Serendipity at K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the first K places with a relevant item that is not among the user&apos;s K most popular unseen items; the mean over users.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibration at K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Divergence (KL) of a list&apos;s shares of genres from those of the user&apos;s training items, by the knowledge base&apos;s genre facets or its most common ones; 0 is a perfect mirror.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>methods</name>
    <message>
        <source>Facets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the model shall say about every item, separated by commas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}, {fields} and {facets} are filled in for every item.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form of the reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold the model to a JSON schema, to any JSON object, or to nothing: for servers that know less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A reply that is cut there counts as a failure.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 takes the likeliest words; more varies them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vector length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The facets&apos; words become vectors of this length (TF-IDF and truncated SVD), as with the lexical extractor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facets from a chat model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asks a chat model behind an OpenAI-compatible address what it knows about every item: a short text for each facet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items per request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many texts one request carries.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentence vectors from a server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sends the items&apos; texts to an embedding model behind an OpenAI-compatible address and keeps its vectors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words and phrases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weighs the words and phrases of the items&apos; texts (TF-IDF) and condenses them to vectors (truncated SVD). Needs no network; the same texts give the same knowledge.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers in an item&apos;s vector; fewer when there are fewer terms.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rarest term</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Terms in fewer items than this are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most common term</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Terms in a larger share of the items than this are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>English stems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forms of one English word count as one term: adventure, adventures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phrases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words that belong together are terms too: science fiction.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topics per item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key phrases and topics kept as facets of an item, beside the values of its fields.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight of the title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A word of the title counts this many times; 0 leaves titles out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of an OpenAI-compatible server, up to /v1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s name, as the server lists it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key variable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Environment variable that holds the key, if the server wants one. The key itself is stored nowhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many requests are under way at the same time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For one request; slower ones are repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An item&apos;s text is cut there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User and item bias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Controls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mean rating, how much more or less this user gives than others, and how much more or less this item gets. It knows no taste: what others must beat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User shrinkage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pulls a user&apos;s bias towards 0, as strongly as this many average ratings would.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ratings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Item shrinkage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pulls an item&apos;s bias towards 0, as strongly as this many average ratings would.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bias carried from the source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The item&apos;s mean rating plus how high this user rates in the source domains, times a learned slope; ratings in the target count as well. What every method for new users must beat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pulls a user&apos;s bias in the target towards the carried one, as strongly as this many ratings would.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pulls an item&apos;s mean towards the mean of all ratings, as strongly as this many average ratings would.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source shrinkage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pulls a user&apos;s bias in a source domain towards 0, as strongly as this many average ratings would.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight of the sources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much an interaction of a source domain counts; one of the target counts 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bias of users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether a user&apos;s habit of giving high or low ratings is one for all domains, so that it is known for users who are new in the target, or its own in each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collective matrix factorisation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cross-domain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Factorises the target and the sources together: a user has one vector in all of them, each domain has its own mean and its own items.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight of the features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much two items that share features are taken for a pair that people have together. Search it on validation, with the regularisation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vectors: the knowledge base&apos;s vector of each item. terms: the weighted words of its text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collective EASE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EASE that learns from people and from the items&apos; knowledge at once: a shared feature counts like a person who has both items. Items without interactions get weights from what is known of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Predict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order: scores that rank the items. ratings: the bias of user and item plus what the neighbours give above or below theirs; needs ratings in the target.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EASE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights between all pairs of items, learnt in one step: how strongly having one item speaks for another. Items of source domains speak for the target&apos;s as well. Among the strongest methods for rankings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regularisation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps the weights between items small: larger for few interactions per item or many accidental ones. Good values lie between 50 and 1,000.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mapping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What carries a user&apos;s vector and bias from the sources to the target: a linear map in closed form, or a network with one layer of tanh units.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regularisation of the mapping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pulls the mapping towards the mean user. For the linear map in units of the vectors&apos; variance, for the network the weight decay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passes of the mapping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often the network sees the shared users after each epoch of the factorisations.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate of the mapping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The step of Adam, which trains the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewest interactions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mapping learns from users with at least so many training interactions in the target and in the sources.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>interactions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map everybody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Users with training interactions in the target are scored by their mapped vector as well, instead of their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Embedding and mapping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Factorises the sources and the target apart, learns from the users they share how a vector of the one becomes a vector of the other, and so knows users who are new in the target.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Factors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The length of the vectors that stand for users and items.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often the training interactions are gone through at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How a gradient becomes a step: plain stochastic gradient descent (the fastest), or with a rate of its own for every number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The length of a step. Too high a rate diverges, too low a one crawls.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decay of the learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In epoch n the rate is divided by 1 + decay x (n - 1).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regularisation of factors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pulls the factors towards 0 with every interaction.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regularisation of biases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pulls a bias towards 0, as strongly as this many average interactions would.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Initial deviation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The standard deviation of the random numbers that factors start with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss of implicit feedback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is made small for domains without ratings, where events count as 1 and sampled items as 0. Ratings always have squared error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sampled items per event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For domains without ratings: how many items that the user did not have are drawn for each event, anew in every epoch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An interaction counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>binary: every interaction counts the same. values: ratings count by their height, implicit strengths by their logarithm. liked: only ratings of at least the user&apos;s own mean count.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much an event of the user&apos;s history counts compared with the next later one; 1: the order in time does not matter. About 0.7 where people shop in series.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Item neighbours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neighbourhood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An item is recommended when many of the same people had it and the items of the user&apos;s history, in the target and in the source domains.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Base</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The method without text that is blended with the texts. Take the strongest: a gain over a weak base says nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the weight on validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tries weights from 0 to 2 and takes the best on the validation part; without one the weight below is used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight of the texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much the similarity of texts counts against the base, both brought to the same spread; used when it is not chosen on validation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recency for the texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For the texts an interaction counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Knowledge blend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The strongest method without text plus a little of the similarity of texts. The plainest way to find out whether knowledge helps here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Matrix factorisation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Factorisation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every user and every item becomes a short vector learnt from the interactions of one domain; a rating is the mean, both biases and the product of the vectors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cosine: the share of what two have in common. adjusted-cosine and pearson: agreement of ratings above or below the mean. bm25: weighs rare evidence more and keeps part of the popularity; often best on sparse data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many of the most similar are asked, in each domain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shrinkage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A similarity that rests on this many common interactions counts half; 0: all count in full.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>BM25 saturation (k1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How soon a larger value stops counting more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>BM25 length (b)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much having many interactions is held against a neighbour: near 0 popular ones stay strong, 1 takes their popularity away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Popularity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same list for everybody: the items with the most interactions, or with the best mean rating. Whatever is personal must beat it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>count: the number of training interactions. mean: the mean rating, pulled towards the mean of all ratings; it predicts ratings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Texts compared by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>terms: the weighted words of the items&apos; texts. vectors: the vectors of the knowledge base. both: the mean of the two, or the one that the base has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The power to which a similarity is raised: the higher, the more only the closest texts count. Good values lie between 2 and 8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text neighbours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recommends items whose texts are close to those of the user&apos;s history in any domain. Needs nobody else&apos;s interactions, so it serves items that are new.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User neighbours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An item is recommended when people of similar taste had it. Taste is compared over all domains of the run, so people who are new to the target are served from the sources.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whitening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small: what all texts have in common counts nothing. Very large: plain similarity of vectors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whitened text profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vectors of the user&apos;s history are added up and compared with each item&apos;s vector, after directions that all texts share were made small. For sentence vectors.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>stages</name>
    <message>
        <source>Loading</source>
        <translation>正在载入</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>正在评估</translation>
    </message>
    <message>
        <source>Loading knowledge</source>
        <translation>正在载入知识</translation>
    </message>
    <message>
        <source>Splitting</source>
        <translation>正在划分</translation>
    </message>
    <message>
        <source>Storing results</source>
        <translation>正在保存结果</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Importing rows</source>
        <translation>正在导入数据行</translation>
    </message>
    <message>
        <source>Generating the sample</source>
        <translation>正在生成示例</translation>
    </message>
    <message>
        <source>reading vectors</source>
        <translation>正在读取向量</translation>
    </message>
    <message>
        <source>laying out the map</source>
        <translation>正在绘制分布图</translation>
    </message>
    <message>
        <source>reading texts</source>
        <translation>正在读取文本</translation>
    </message>
    <message>
        <source>finding words</source>
        <translation>正在提取词语</translation>
    </message>
    <message>
        <source>saving knowledge</source>
        <translation>正在保存知识</translation>
    </message>
    <message>
        <source>asking the server</source>
        <translation>正在询问服务器</translation>
    </message>
    <message>
        <source>finding vectors</source>
        <translation>正在计算向量</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>正在训练</translation>
    </message>
    <message>
        <source>Choosing the weight of the texts</source>
        <translation>正在选择文本权重</translation>
    </message>
    <message>
        <source>Inverting the matrix</source>
        <translation>正在求逆矩阵</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>Counting</source>
        <translation>正在计数</translation>
    </message>
</context>
<context>
    <name>transept::ui::BarChart</name>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 (%3 to %4)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>low</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>high</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>transept::ui::Chart</name>
    <message>
        <source>Show everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save values as CSV…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Values as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 pictures (*.%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>transept::ui::ChartCard</name>
    <message>
        <source>Show everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show everything and follow what is new (double click, Home)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logarithmic axis of values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>smooth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a smoothed curve above the raw one</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>transept::ui::ColumnChart</name>
    <message>
        <source>%1 to %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>count</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>transept::ui::CommandPalette</name>
    <message>
        <source>What do you want to do?</source>
        <translation>想做什么？</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>transept::ui::DomainCharts</name>
    <message>
        <source>This domain has no interactions yet. Import some.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>interactions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity of users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rank of the user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Popularity of items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rank of the item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>item</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>transept::ui::DomainModel</name>
    <message>
        <source>%1 of them have interactions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interactions of all possible pairs of a user and an item that occur</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items with a title or a field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Domain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Platform</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interactions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Density</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Period</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>transept::ui::ImportModel</name>
    <message>
        <source>deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Domain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Started</source>
        <translation>已开始</translation>
    </message>
</context>
<context>
    <name>transept::ui::InteractionModel</name>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line</source>
        <comment>line of the imported file</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>transept::ui::ItemModel</name>
    <message>
        <source>Item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interactions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fields</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>transept::ui::Job</name>
    <message>
        <source>Started</source>
        <translation>已开始</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>what a job is doing, how far it is</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Resumed</source>
        <translation>已继续</translation>
    </message>
    <message>
        <source>Asked to stop</source>
        <translation>已请求停止</translation>
    </message>
    <message>
        <source>Finished after %1</source>
        <translation>完成，用时 %1</translation>
    </message>
</context>
<context>
    <name>transept::ui::JobModel</name>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>What it is doing</source>
        <translation>进展</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
</context>
<context>
    <name>transept::ui::JobPanel</name>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>清除已完成的任务</translation>
    </message>
    <message>
        <source>Log of the chosen job</source>
        <translation>所选任务的日志</translation>
    </message>
    <message>
        <source>Choose a job to read its log.</source>
        <translation>选择一个任务以查看其日志。</translation>
    </message>
</context>
<context>
    <name>transept::ui::JobStrip</name>
    <message>
        <source>%1, %2</source>
        <comment>two figures: jobs, runs</comment>
        <translation>%1，%2</translation>
    </message>
    <message numerus="yes">
        <source>%n more running</source>
        <translation>
            <numerusform>另有 %n 项正在运行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more in the queue</source>
        <translation>
            <numerusform>队列中还有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Hide the list of jobs</source>
        <translation>隐藏任务列表</translation>
    </message>
    <message>
        <source>Show the list of jobs and their logs</source>
        <translation>显示任务列表及日志</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation>%1，剩余 %2</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>没有正在运行的任务。</translation>
    </message>
    <message>
        <source>Finished after %1</source>
        <translation>完成，用时 %1</translation>
    </message>
</context>
<context>
    <name>transept::ui::Legend</name>
    <message>
        <source>%1: click to hide or show</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>transept::ui::LineChart</name>
    <message>
        <source>%1 %2</source>
        <comment>name of a curve, its value</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2: %3</source>
        <comment>epoch 19: values of the curves</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, </source>
        <comment>between values</comment>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>transept::ui::MainWindow</name>
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
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Data</source>
        <translation>数据(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;New workspace…</source>
        <translation>新建工作区(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open workspace…</source>
        <translation>打开工作区(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>Create the &amp;sample…</source>
        <translation>创建示例(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Close workspace</source>
        <translation>关闭工作区(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>撤销(&amp;U)：%1</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>重做(&amp;R)：%1</translation>
    </message>
    <message>
        <source>&amp;Find a command…</source>
        <translation>查找命令(&amp;F)…</translation>
    </message>
    <message>
        <source>List of &amp;jobs</source>
        <translation>任务列表(&amp;J)</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>全屏(&amp;U)</translation>
    </message>
    <message>
        <source>Reset &amp;layout</source>
        <translation>重置布局(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Pause the run</source>
        <translation>暂停运行(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Cancel the run</source>
        <translation>取消运行(&amp;C)</translation>
    </message>
    <message>
        <source>Cancel &amp;all runs in the queue</source>
        <translation>取消队列中的全部运行(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Transept</source>
        <translation>关于 Transept(&amp;A)</translation>
    </message>
    <message>
        <source>About &amp;Qt</source>
        <translation>关于 Qt(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Resume the run</source>
        <translation>继续运行(&amp;R)</translation>
    </message>
    <message>
        <source>%1 – Transept</source>
        <translation>%1 – Transept</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>New workspace</source>
        <translation>新建工作区</translation>
    </message>
    <message>
        <source>Transept workspaces (*.transept)</source>
        <translation>Transept 工作区 (*.transept)</translation>
    </message>
    <message>
        <source>workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Open workspace</source>
        <translation>打开工作区</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Create the sample</source>
        <translation>创建示例</translation>
    </message>
    <message>
        <source>Creating the sample</source>
        <translation>正在创建示例</translation>
    </message>
    <message numerus="yes">
        <source>%n import(s) were interrupted. What was read is kept.</source>
        <translation>
            <numerusform>有 %n 次导入被中断，已读入的内容均已保留。</numerusform>
        </translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) of the last time did not finish.</source>
        <translation>
            <numerusform>上次有 %n 个运行没有完成。</numerusform>
        </translation>
    </message>
    <message>
        <source>Run now</source>
        <translation>立即运行</translation>
    </message>
    <message>
        <source>The extraction of %1 was interrupted. What was extracted is kept.</source>
        <translation>%1 的知识提取被中断，已提取的内容均已保留。</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>正在导入 %1</translation>
    </message>
    <message>
        <source>About Transept</source>
        <translation>关于 Transept</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Transept %1&lt;/h3&gt;&lt;p&gt;A workbench for cross-domain recommendation with knowledge from language models.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Transept %1&lt;/h3&gt;&lt;p&gt;结合语言模型知识的跨领域推荐工作台。&lt;/p&gt;&lt;p&gt;自由软件，遵循 GNU 通用公共许可证第 3 版或更新版本。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>transept::ui::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>transept::ui::OverlapView</name>
    <message>
        <source>%1: %2 people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 and %2 share %3 people, %4 of those in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 and %2 share %3 works, %4 of those in %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>transept::ui::ParameterForm</name>
    <message>
        <source>%1, %2</source>
        <comment>label, unit</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 •</source>
        <comment>a value that differs from its default</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: back to the default</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>transept::ui::RejectModel</name>
    <message>
        <source>Line</source>
        <comment>line of the imported file</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Byte</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it was rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row as it stands in the file</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>transept::ui::RunQueue</name>
    <message>
        <source>Training %1</source>
        <translation>正在训练 %1</translation>
    </message>
</context>
<context>
    <name>transept::ui::ScatterChart</name>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>group</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>transept::ui::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
</context>
<context>
    <name>transept::ui::WelcomePage</name>
    <message>
        <source>Does knowledge from other domains and from a language model make recommendations better here? How much, for whom, and why? Import your data, train, compare, and see.</source>
        <translation>来自其他领域和语言模型的知识，能让这里的推荐变得更好吗？好多少、对谁更好、为什么？导入数据，训练，对比，便知分晓。</translation>
    </message>
    <message>
        <source>Recent workspaces</source>
        <translation>最近的工作区</translation>
    </message>
    <message>
        <source>Workspaces that you open appear here.</source>
        <translation>打开过的工作区会显示在这里。</translation>
    </message>
    <message>
        <source>Remove from this list</source>
        <translation>从列表中移除</translation>
    </message>
</context>
</TS>
