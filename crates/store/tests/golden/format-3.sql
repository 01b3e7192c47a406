pragma application_id = 1516788328;
pragma user_version = 3;
CREATE TABLE zz_meta (key text primary key, value text not null) strict, without rowid;
CREATE TABLE zz_revision (
    rev integer primary key,
    at text not null, who text not null, role text not null,
    what text not null, why text not null, source text not null,
    key text,
    entries integer not null, head blob not null
) strict;
CREATE TABLE zz_audit (
    seq integer primary key,
    rev integer not null,
    verb text not null,
    ledger text not null,
    record integer not null,
    count integer not null,
    stamp blob not null,
    leaves blob not null,
    prev blob not null,
    hash blob not null
) strict;
CREATE TABLE zz_closing (
    id integer primary key,
    ledger text not null, place text not null,
    period_from text not null, period_to text not null,
    nil integer not null, signer text not null, signed_on text not null,
    rev integer not null, reopened_rev integer
) strict;
CREATE INDEX zz_closing_by_ledger on zz_closing (ledger, place, period_from);
CREATE TABLE zz_idempotency (
    key text primary key,
    content blob not null,
    rev integer not null, first_id integer not null, count integer not null
) strict, without rowid;
CREATE TABLE zz_definition (
    id integer primary key,
    hash text not null, ledger text not null, text text not null, first_rev integer not null
) strict;
CREATE TABLE zz_key (
    id integer primary key,
    key_id text not null, index_key blob not null, at text not null
) strict;
CREATE TABLE zz_subject (
    id integer primary key,
    person text unique, data_key blob,
    rev integer not null, destroyed_rev integer
) strict;
CREATE TABLE zz_access (
    seq integer primary key,
    at text not null, who text not null, role text not null,
    kind text not null, ledger text not null, records integer not null, detail text not null,
    prev blob not null, hash blob not null
) strict;
CREATE TABLE zz_file (
    digest text primary key,
    kind text not null, size integer not null, thumbnail integer not null,
    name blob, data_key blob, rev integer not null
) strict;
CREATE TABLE zz_evidence (
    id integer primary key,
    ledger text not null, record integer not null, file text not null,
    rev integer not null, removed_rev integer
) strict;
CREATE INDEX zz_evidence_by_record on zz_evidence (ledger, record);
CREATE INDEX zz_evidence_by_file on zz_evidence (file);
CREATE TABLE zz_seal (
    id integer primary key,
    title text not null, digest text not null unique, state text not null,
    body text not null, pack text not null, rev integer not null
) strict;
CREATE TABLE zz_pack (
    pack text not null, path text not null, file text not null, primary key (pack, path)
) strict, without rowid;
CREATE TABLE zz_pack_file (hash text primary key, text text not null) strict, without rowid;
CREATE TABLE "place" (
    _id integer primary key, _place text, _parent integer, _rev integer not null,
    code text not null unique, label text not null, kind text not null, parent text,
    "from" text, "until" text
) strict;
CREATE INDEX "place__by(parent)" on "place" (parent);
CREATE TABLE "household" (_id integer primary key, _place text, _parent integer, _rev integer not null, "code" text, "kind" text, "size" integer, "income" integer, "area" integer, "registered" text, "head" blob, "idno" blob, "_h_head" text, "_t_head" blob, "_h_idno" text, "_subject" integer) strict;
CREATE TABLE "household__history" (_id integer not null, _place text, _parent integer, _rev integer not null, _until_rev integer not null, _withdrawn integer not null, "code" text, "kind" text, "size" integer, "income" integer, "area" integer, "registered" text, "head" blob, "idno" blob, "_h_head" text, "_h_idno" text, "_subject" integer) strict;
CREATE UNIQUE INDEX "household__history__by(_id)" on "household__history" (_id, _rev);
CREATE TABLE "household__dated" (_id integer not null, field text not null, from_on text not null, value any, _rev integer not null, primary key (_id, field, from_on, _rev)) strict, without rowid;
CREATE INDEX "household__by(_place)" on "household" ("_place");
CREATE INDEX "household__by(registered)" on "household" ("registered");
CREATE INDEX "household__history__by(_until_rev,_rev)" on "household__history" ("_until_rev", "_rev");
CREATE UNIQUE INDEX "household__once(code)" on "household" ("code");
CREATE UNIQUE INDEX "household__once(idno)" on "household" ("_h_idno");
CREATE TABLE "visit" (_id integer primary key, _place text, _parent integer not null references "household" (_id), _rev integer not null, "at" text, "other" integer references "household" (_id), "note" text) strict;
CREATE TABLE "visit__history" (_id integer not null, _place text, _parent integer, _rev integer not null, _until_rev integer not null, _withdrawn integer not null, "at" text, "other" integer, "note" text) strict;
CREATE UNIQUE INDEX "visit__history__by(_id)" on "visit__history" (_id, _rev);
CREATE INDEX "visit__by(_parent)" on "visit" ("_parent");
CREATE INDEX "visit__by(_place)" on "visit" ("_place");
CREATE INDEX "visit__by(other)" on "visit" ("other");
CREATE INDEX "visit__history__by(_parent)" on "visit__history" ("_parent");
CREATE INDEX "visit__history__by(_until_rev,_rev)" on "visit__history" ("_until_rev", "_rev");
CREATE INDEX "visit__history__by(other)" on "visit__history" ("other");
insert into "zz_meta" values ('access_entries', '1');
insert into "zz_meta" values ('access_head', '2c773e0a85528a16558a5966eda02ae22f6eb8a7ab04499d3ab16548b059cdcb');
insert into "zz_revision" values (1, '2024-01-05T09:01:00', '张三', '经办人', '导入', '', '户台账.xlsx', '第一次', 1, X'A96CCBA26960977E969D8E1AD3829FD009E14EF2C0797ACF4790012FCBAAD950');
insert into "zz_revision" values (2, '2024-01-05T09:00:00', '张三', '经办人', '登记', '', '户台账.xlsx', NULL, 2, X'D759BD4352265B4D3D7B16E68EA822CCCEE9DEC432E23F906C696541FB364A69');
insert into "zz_revision" values (3, '2024-02-01T09:00:00', '张三', '经办人', '更正', '填错', '户台账.xlsx', NULL, 3, X'9D1599A43405D9B87701DA22CD931C7E3AACB689A195D181EB2EE63470A05E7A');
insert into "zz_revision" values (4, '2024-02-01T09:00:00', '张三', '经办人', '更正', '填错', '户台账.xlsx', NULL, 4, X'C5381BDA2DC71E416B4EC65066EDFE268192F0E16F599C3541B293B6597E67F0');
insert into "zz_revision" values (5, '2024-02-01T09:00:00', '张三', '经办人', '更正', '填错', '户台账.xlsx', NULL, 5, X'D640FD710FAD7E1C9E98DCD95D662BE30BB24D849252A645F3B49E2B42164B97');
insert into "zz_revision" values (6, '2024-02-01T09:00:00', '张三', '经办人', '更正', '填错', '户台账.xlsx', NULL, 6, X'5E151B78E065CC6082A1E62970FC87182676657F40B6CA8D87F015E09E0BD227');
insert into "zz_revision" values (7, '2024-01-05T09:00:00', '张三', '经办人', '登记', '', '户台账.xlsx', NULL, 7, X'1758E7B4456DC33D36CEAD9350566BD4F2D2FB98EDFF6E6C4C14FDD75E434381');
insert into "zz_revision" values (8, '2024-01-05T09:00:00', '张三', '经办人', '登记', '', '户台账.xlsx', NULL, 8, X'D742841B0EF1DA135BEF96D46FC5A8E634E91ACB4A3A6E77F75A56B09EF0A9FF');
insert into "zz_revision" values (9, '2024-02-01T09:00:00', '张三', '经办人', '更正', '填错', '户台账.xlsx', NULL, 9, X'5E3221DDCB07852C29579B4F5B96761BF0DB7558E8400A9578D40668E8079FA7');
insert into "zz_revision" values (10, '2024-01-05T09:00:00', '张三', '经办人', '登记', '', '户台账.xlsx', NULL, 10, X'B8AD806FCA8EFD42BA0ED49CEEA963E356D608F7E002BAF8253A198FC76684EF');
insert into "zz_revision" values (11, '2024-02-01T09:00:00', '张三', '经办人', '更正', '填错', '户台账.xlsx', NULL, 11, X'B946A7CE9770E862EB30BB9B2648EA00E752B8156F61529D58A2B744896B4CA3');
insert into "zz_revision" values (12, '2024-02-01T09:00:00', '张三', '经办人', '更正', '填错', '户台账.xlsx', NULL, 12, X'E4F59F3E79900B42FF761749203DB6D44EF31C1D69569B3E8E0E07599806C9D4');
insert into "zz_revision" values (13, '2024-01-05T09:00:00', '张三', '经办人', '登记', '', '户台账.xlsx', NULL, 13, X'07107948A539EA411963731C7781D2AADD3F116A5B89F274C5A406DA356DE528');
insert into "zz_audit" values (1, 1, 'insert', 'household', 1, 4, X'04D52DA3F8D509FA9E0740B28E4A79F1E2E85FDA945191EA34FF7FF54EAA1E17', X'EA041C098DFE5CD80133F7E7BB4ADB95E350BE0D6E207AA2BDCA4E62DFE8FF464D31E02032446B46DC8BA4DF75FFDD6AA5622D2268258F8C22DEA83393533A6B1F3E7D2EB17CBD32FF030DF40B889FF9C67638D356AF2699376FA2CBE6BB54401859F442E584017B22C8B40448369A41D3BD234E917D46D62044B0F2FE35637D', X'0000000000000000000000000000000000000000000000000000000000000000', X'A96CCBA26960977E969D8E1AD3829FD009E14EF2C0797ACF4790012FCBAAD950');
insert into "zz_audit" values (2, 2, 'insert', 'visit', 1, 1, X'5B7F0761E899F6DFE0FF5FAF85F5302ACC82571E29E30CE1F2EFECDC1C69E8B9', X'9AD320A06D0C73010C959D3315B1925FBF20EF7877892CCF08FC8BB3F93C4F15', X'A96CCBA26960977E969D8E1AD3829FD009E14EF2C0797ACF4790012FCBAAD950', X'D759BD4352265B4D3D7B16E68EA822CCCEE9DEC432E23F906C696541FB364A69');
insert into "zz_audit" values (3, 3, 'correct', 'household', 1, 1, X'3801CDFCAC90F3EF4D00DE8DA88CBBD4E2E8330E37921B620437715DB223D6E8', X'12D4C8EFFC300B4FC7DFF359A475082F1A35FAE4F7DECAA307DC8E01E33098AB', X'D759BD4352265B4D3D7B16E68EA822CCCEE9DEC432E23F906C696541FB364A69', X'9D1599A43405D9B87701DA22CD931C7E3AACB689A195D181EB2EE63470A05E7A');
insert into "zz_audit" values (4, 4, 'change', 'household', 2, 1, X'ECF56F589D4532D477EB0DBFCA31FCED06E9F8584F9ECD85A93CB32024D10A2B', X'A4C04E18A2AA34512D79BE9BC2928BEA540D64B4C02B8BE587A5C0ECAAE588B3', X'9D1599A43405D9B87701DA22CD931C7E3AACB689A195D181EB2EE63470A05E7A', X'C5381BDA2DC71E416B4EC65066EDFE268192F0E16F599C3541B293B6597E67F0');
insert into "zz_audit" values (5, 5, 'change', 'household', 2, 1, X'39864C0C2655025AEA50822393979B2C94E18F1D039094C13281DAD1003F1E3B', X'4D92999005058122F1D8628713CCD0E648E400B151C6C776AEFA0B3017FFD9A0', X'C5381BDA2DC71E416B4EC65066EDFE268192F0E16F599C3541B293B6597E67F0', X'D640FD710FAD7E1C9E98DCD95D662BE30BB24D849252A645F3B49E2B42164B97');
insert into "zz_audit" values (6, 6, 'withdraw', 'household', 4, 1, X'7861671831D9E85FDA4BCA1D2D3C9E93D512575B7C99C8F2998B2CC2AAD827E7', X'1859F442E584017B22C8B40448369A41D3BD234E917D46D62044B0F2FE35637D', X'D640FD710FAD7E1C9E98DCD95D662BE30BB24D849252A645F3B49E2B42164B97', X'5E151B78E065CC6082A1E62970FC87182676657F40B6CA8D87F015E09E0BD227');
insert into "zz_audit" values (7, 7, 'attach', 'zz_evidence', 1, 1, X'1A90D9EA87BCC5F1F0404414BEDF9AB9A4399762776E4DE5DE3671BFD7410B7B', X'203B70107278E2A64F400FD4D503B97B7B397D8BC956D6822444597864D3968F', X'5E151B78E065CC6082A1E62970FC87182676657F40B6CA8D87F015E09E0BD227', X'1758E7B4456DC33D36CEAD9350566BD4F2D2FB98EDFF6E6C4C14FDD75E434381');
insert into "zz_audit" values (8, 8, 'attach', 'zz_evidence', 2, 1, X'956821A2772D53891E9B29FA2C4650FB79EEA2DB3C9CF20A5C2AECEFE2075770', X'5432318CEB66F35C91AF0867F29E23363D87D84DE7B862F14B371A94E60791AB', X'1758E7B4456DC33D36CEAD9350566BD4F2D2FB98EDFF6E6C4C14FDD75E434381', X'D742841B0EF1DA135BEF96D46FC5A8E634E91ACB4A3A6E77F75A56B09EF0A9FF');
insert into "zz_audit" values (9, 9, 'detach', 'zz_evidence', 2, 1, X'75305D207C5E33EF321A5DF08341852BFDB92B3A30EB2870A46EC10E6B893269', X'D53751148EBC427648F88EADFBAE84DF3376ACB81E8AE740A9ACE6EF169610CF', X'D742841B0EF1DA135BEF96D46FC5A8E634E91ACB4A3A6E77F75A56B09EF0A9FF', X'5E3221DDCB07852C29579B4F5B96761BF0DB7558E8400A9578D40668E8079FA7');
insert into "zz_audit" values (10, 10, 'close', 'zz_closing', 1, 2, X'D4C7849D088C2150A16BD5EBF72C63A452C855E1402474FAAC6ED67074586885', X'F8EEDF9F7460A949E7717658A9C168C7A07545CD887A729380688388A76A4C9192300266107106D264654D2ADEDD423110B5E3DA5E9E456917377A48A586A80A', X'5E3221DDCB07852C29579B4F5B96761BF0DB7558E8400A9578D40668E8079FA7', X'B8AD806FCA8EFD42BA0ED49CEEA963E356D608F7E002BAF8253A198FC76684EF');
insert into "zz_audit" values (11, 11, 'reopen', 'zz_closing', 2, 1, X'85100994440722C3EE20409637B71DC35FEB8AD0F40833FEAE5FF0766C016432', X'44148D8DF377EDBBADB28C904F3E1CCD4C66441884006160D88E759B03D50620', X'B8AD806FCA8EFD42BA0ED49CEEA963E356D608F7E002BAF8253A198FC76684EF', X'B946A7CE9770E862EB30BB9B2648EA00E752B8156F61529D58A2B744896B4CA3');
insert into "zz_audit" values (12, 12, 'forget', 'household', 4, 1, X'9A1AF97CED8BDD7AD45CE43936E3BEF5424BE611C858B54D27C01CDDE93B97F7', X'A03E8391C7101466ABC8E106057EA97B421525ABEB9EADDAF508C8C63C61B869', X'B946A7CE9770E862EB30BB9B2648EA00E752B8156F61529D58A2B744896B4CA3', X'E4F59F3E79900B42FF761749203DB6D44EF31C1D69569B3E8E0E07599806C9D4');
insert into "zz_audit" values (13, 13, 'seal', 'zz_seal', 1, 1, X'E31B9F422A2F81211E353F1289C29FDEAD0C377B5936AB07FDB48A751688CC9C', X'54127F5C0C29325F731DD80C4DAB9B5F331722242D8388FC596BE0A85F01C33F', X'E4F59F3E79900B42FF761749203DB6D44EF31C1D69569B3E8E0E07599806C9D4', X'07107948A539EA411963731C7781D2AADD3F116A5B89F274C5A406DA356DE528');
insert into "zz_closing" values (1, 'household', '990001001201', '2023-05-01', '2023-05-31', 0, '李支书', '2023-06-02', 10, NULL);
insert into "zz_closing" values (2, 'household', '990001001202', '2023-05-01', '2023-05-31', 1, '李支书', '2023-06-02', 10, 11);
insert into "zz_idempotency" values ('第一次', X'EDC36A210C2BABD0DFBEF0991D758BB1944745DA428E29DDDED64C9FB6F6BA9F', 1, 1, 4);
insert into "zz_definition" values (1, '0a92ecba7e492c7821b963e94d5ceab4ab48527383ec425b3c2e201a039c8dca', 'household', '{"parent":"","fields":{"code":"text","kind":"choice","size":"integer","income":"money","area":"quantity 亩 2","registered":"date","head":"identity","idno":"identity"}}', 0);
insert into "zz_definition" values (2, 'bcb5e1c4eb4df8ced3904538384b59d7a3cb9f098696ed37e92ac5e8dcf0e5b5', 'visit', '{"parent":"household","fields":{"at":"timestamp","other":"record household","note":"text"}}', 0);
insert into "zz_key" values (1, '6cd42b22', X'30FB17635555BC16686A99ECB45CC1EA83ADE895E11EDDD3B817CB5B67470133E24BEE1B4CB8E3E05E5AB815DEEFC3865896A4EA12105256A356C0AA', '2024-01-01T08:00:00');
insert into "zz_subject" values (1, 'cf7b232b2dc15b21538464776861a72c', X'52396F7548790A7ABB56EA6123070A870549B193630A27DCD2A1276A5A5FB83BB422B47482D6BEA48C2A2118', 1, NULL);
insert into "zz_subject" values (2, 'd0b0fcc2d3a80be81c488b919308951d', X'B28BD365CC0802075DE04F160CF834D3EFC2352C243E091F83967A6489F4F48DCDD1323138C8D17B67CD88A4', 1, NULL);
insert into "zz_subject" values (3, 'c0076077826ffbebd8451de2882e6b49', X'37E001A429FBAF077981B644A17BC34CE4757732849EC801462D0F32446898AFE35E7F524FD6329AEAF838BD', 1, NULL);
insert into "zz_subject" values (4, NULL, NULL, 1, 12);
insert into "zz_access" values (1, '2024-03-01T09:00:00', '张三', '经办人', 'reveal', 'household', 1, '核对', X'0000000000000000000000000000000000000000000000000000000000000000', X'2C773E0A85528A16558A5966EDA02AE22F6EB8A7AB04499D3AB16548B059CDCB');
insert into "zz_file" values ('4a1620ddcb60252413d5ff1edfea3ac057d45ef24ea33823a32033bdcf6826b6', 'image/jpeg', 12, 0, X'01963B853B1945DD1D006BC0C192CE27D205B0E5BAABA393F1CDDDB826C1865AA76FA9D29E83A848C5F96641A4', X'354748C8EE379F24C899370B626B294045E6214DFD377F809BDFDAF9B65E0839E03ABB9AD4EDF03BB738974D', 7);
insert into "zz_evidence" values (1, 'household', 1, '4a1620ddcb60252413d5ff1edfea3ac057d45ef24ea33823a32033bdcf6826b6', 7, NULL);
insert into "zz_evidence" values (2, 'household', 2, '4a1620ddcb60252413d5ff1edfea3ac057d45ef24ea33823a32033bdcf6826b6', 8, 9);
insert into "zz_seal" values (1, '工作总结', 'aa', 'final', '{}', 'bb', 13);
insert into "zz_pack" values ('bb', 'pack.toml', 'f02cab70d20ebe64583030c68348c0e40b731a2b832c6834c623bf78533d09d9');
insert into "zz_pack_file" values ('f02cab70d20ebe64583030c68348c0e40b731a2b832c6834c623bf78533d09d9', 'label = "青石镇"
');
insert into "place" values (1, '990001001', NULL, 0, '990001001', '青石镇', 'township', NULL, NULL, NULL);
insert into "place" values (2, '990001001201', NULL, 0, '990001001201', '甲村', 'village', '990001001', NULL, NULL);
insert into "place" values (3, '990001001202', NULL, 0, '990001001202', '乙村', 'village', '990001001', NULL, NULL);
insert into "household" values (1, '990001001202', NULL, 3, 'H1', 'common', 2, 77, 325, '2023-03-05', NULL, X'013637767704ADD39BC72AF6A40A6B5A40AE7B7A1C8F6F2C82D945B9B24861393B0CBBCA48314BAEA020BC97ABED999CE8F8C59D89D381772880160976', NULL, NULL, 'cf7b232b2dc15b21538464776861a72c', 1);
insert into "household" values (2, '990001001201', NULL, 5, 'H2', 'poor', 5, 2000100, 650, '2023-03-05', X'01DC72BAE78B7F92A8B24EE650C9A2F652A825D832155DAB4164D29410141999CC40138A62771E74A6AE5AECF3', X'0109B2B08BB0899418DD10A519191E954D85424792CF90C3F5BB2DD0037C45DBF082E5316FCBC40636B8BB4D375E0E4CDEC872A22B1D41808E5116B13B', 'b46dc30cfc15987ed83aa5352d4990bc', X'30F542413EA55C8D795AF7C3265DA1B0C47ED1BB331C8737', 'd0b0fcc2d3a80be81c488b919308951d', 2);
insert into "household" values (3, '990001001202', NULL, 1, 'H3', 'common', 4, 3000150, 975, '2023-03-05', X'019029C3A4FE1ECE7918E76FEC1DBB046D61AE99592F74EE72CE26A64384B73AA885680526D7290051BDB10A5C', X'011AD7C8E47F77A16021ECBDB84FFEA61949DEFFA07665500369A307E4DB84306B9CC4054F38E455B2E834FC5A03C0522F1E6738D9031FA3EF6771FEEF', 'ae6eaab74f794271fff9fea0582679d8', X'112E32AD52EC298756667753EE0C85DB723A42B2E5CE0094CB53F37C1DD3040AFAD342A88991FFF8', 'c0076077826ffbebd8451de2882e6b49', 3);
insert into "household__history" values (1, '990001001202', NULL, 1, 3, 0, 'H1', 'common', 2, 1000050, 325, '2023-03-05', X'0168A79073354BC91DF95AF758C5B27BB7BF3810E86B4249FCE349735ECD54C5FA6B79095F5578B438440CB363', X'013637767704ADD39BC72AF6A40A6B5A40AE7B7A1C8F6F2C82D945B9B24861393B0CBBCA48314BAEA020BC97ABED999CE8F8C59D89D381772880160976', 'd7aad6029b2493f30aebae86c4f3fecf', 'cf7b232b2dc15b21538464776861a72c', 1);
insert into "household__history" values (2, '990001001201', NULL, 1, 4, 0, 'H2', 'common', 3, 2000100, 650, '2023-03-05', X'01DC72BAE78B7F92A8B24EE650C9A2F652A825D832155DAB4164D29410141999CC40138A62771E74A6AE5AECF3', X'0109B2B08BB0899418DD10A519191E954D85424792CF90C3F5BB2DD0037C45DBF082E5316FCBC40636B8BB4D375E0E4CDEC872A22B1D41808E5116B13B', 'b46dc30cfc15987ed83aa5352d4990bc', 'd0b0fcc2d3a80be81c488b919308951d', 2);
insert into "household__history" values (2, '990001001201', NULL, 4, 5, 0, 'H2', 'poor', 3, 2000100, 650, '2023-03-05', X'01DC72BAE78B7F92A8B24EE650C9A2F652A825D832155DAB4164D29410141999CC40138A62771E74A6AE5AECF3', X'0109B2B08BB0899418DD10A519191E954D85424792CF90C3F5BB2DD0037C45DBF082E5316FCBC40636B8BB4D375E0E4CDEC872A22B1D41808E5116B13B', 'b46dc30cfc15987ed83aa5352d4990bc', 'd0b0fcc2d3a80be81c488b919308951d', 2);
insert into "household__history" values (4, '990001001201', NULL, 1, 6, 1, 'H4', 'common', 1, 4000200, 1300, '2023-03-05', X'0154A11A8900D0AE8A93918C02A5232A75607CF006B6E1B6ECAA9AB0C8DA86C43887059A4059DF052EF51850A8', X'01E9B96B2EF70084D3C4E5B4D2DD5F85654DE4B89E8AD8F86AEAC27638833F1B0BEE36E9F530394B3B8940F0B1CF7B55A052CCEF6C204A7D69105E0738', 'bbec1fe6365817f9df1bef399dce0b3d', 'b1cb3171e8f543510a8be50f7fca6428', 4);
insert into "household__dated" values (2, 'kind', '0001-01-01', 'common', 4);
insert into "household__dated" values (2, 'kind', '2023-06-01', 'poor', 4);
insert into "household__dated" values (2, 'size', '0001-01-01', 3, 5);
insert into "household__dated" values (2, 'size', '2023-07-01', 5, 5);
insert into "visit" values (1, '990001001202', 1, 2, '2024-01-06T10:30:00', 2, '一切正常');
