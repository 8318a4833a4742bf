"""Short forms of first names in Dutch and English. One line, one name; the first word stands for the line.

A short form that belongs to several names is put with the one it most often is.
"""

from typing import Final

_LINES: Final = """
johannes jan johan hans jo johnny john sean ian
jacobus jaap jacob coos ko cobus james jim jimmy jamie jake
petrus piet pieter peter pete
cornelis kees cor cees corneel
wilhelmus wim willem william will bill billy willy
gerardus gerard ger geert gerrit
henricus henk hendrik harrie henri henry harry rik
antonius toon anton ton tonny anthony tony antoon
franciscus frans francis frank franky
theodorus theo dorus theodoor
adrianus arie adriaan adri adrian ad
nicolaas nico klaas niek nicholas nick nicky
matthijs thijs mathijs matthias matthew matt matteo ties
martinus martin maarten tinus marty
robertus rob robert bob robbie bobby robin bert
albertus albert bertus al
laurentius laurens lau lars lawrence larry
michael michiel mike mick michel mickey
christiaan chris christian kris
christoffel christopher stoffel kit topher
alexander alex lex sander sandro xander
benjamin ben benny
bernardus bernard bernie
daniel daan dan danny
david dave davy
dirk dick diederik
dominicus dominic dom
eduard ed edward eddy ted edwin
emmanuel emiel manu manuel
filip philip phil filips flip
frederik fred freek frits freddy
gregorius greg gregory
gustaaf gust staf guus gustave
ignatius ignace naas
jeroen hieronymus
jonathan jon jonny nathan
joseph jozef jef joep sjef joe joey jos
joshua josh
joris george georges
karel charles charlie carl karl
leonardus leo leon leonard len
lodewijk lode louis lowie lou lewis
lucas luc luuk luke luk
marcus marc mark
patrick pat paddy
paulus paul pol
raymond ray
richard rick ricky rich ritchie
rudolf ruud rudy
samuel sam sammy
sebastiaan bas sebastian seb
simon siemen sim
stefan stephen steven steve stijn stefaan
thomas tom tommy tomas
timotheus tim timothy timo
victor vic
vincent vince cent
walter wout wouter walt
zacharias zach zack
maria marie mia ria marijke mieke mary maaike miep
anna an anneke annie ans anouk ann
catharina katrien kaat trui cato catherine kate katie cathy kathy kathleen trijn
elisabeth els liesbeth lies betty elizabeth liz lisa beth eliza bep lizzy elsje
johanna joke hanna hanneke joanna janneke jopie
cornelia corrie nelleke nel
margaretha greet griet margaret maggie greetje marga margriet peggy meg grietje
wilhelmina mina mien wilma
helena leen lena helen ellen heleen
geertruida truus geertrui trudy truitje
adriana ariane adrie
alexandra sandra alexa sascha
angelina angela angie
barbara barb babs
brigitta birgit brigitte
carolina caroline carolien carrie lien
charlotte lotte lot
christina christine kristien tine stien tina chrissie kristel
deborah debbie deb
dorothea dora dorien dorothy dot thea
eleonora nora eleanor noor
emily em emilia emmy
eva eefje eef eve
francisca francine fran cisca sis
frederika rika frederique
gabriella gabi gabrielle gaby
hendrika riek henriette henny
isabella isabel bella isa isabelle
jacoba coba
jacqueline jacky jackie
jennifer jen jenny
jessica jess jessie
josephina josephine fien fientje
julia juul julie
kimberly kim
laura laurien
magdalena magda leni madeleine
martha marthe
mathilde tilly mathilda
melanie mel
nicole nikki
pamela pam
patricia patsy trish
petronella petra
rebecca becky bec
sara saar sarah sally
sophia sofie sophie fie
stephanie stefanie steffie
susanna suzanne sue susan suus zus suze
theresia trees teresa tess therese
valerie val
veronica vera ronnie
victoria vicky tori
virginia ginny
yvonne yvon
"""

STANDS_FOR: Final[dict[str, str]] = {}
for _line in _LINES.split("\n"):
    for _word in _line.split():
        STANDS_FOR.setdefault(_word, _line.split()[0])


def same_first_name(one: str, other: str) -> bool:
    """Whether both are forms of one first name (folded, different words)."""
    root = STANDS_FOR.get(one)
    return root is not None and root == STANDS_FOR.get(other)
