"""First names by which a name without a title is told from the name of a system."""

FIRST_NAMES = frozenset(
    """
    aaliyah aaron abbas abdul abigail abigale abimbola adaeze adam adebayo adele adeola adrian adriana agata agnes
    agnieszka ahmad ahmed aiden aiko aisha akash akiko alan albert alejandra alejandro aleksander aleksandra
    alessandra alessandro alex alexander alexandra alexis alfred ali alice alicia alina alison alistair allan
    allison alma alyssa amanda amara amber amelia amina amir amy ana ananya anastasia andre andrea andrei andrew
    andrzej andy aneta angel angela angelica angelina anika anil anita anke ann anna anne anneliese annette annie
    anouk anthony antoine anton antonia antonio anya aoife april archibald archie ariana arjun arlene armando arnold
    arthur arturo asha ashley astrid athena aubrey audrey ava ayesha ayumi barbara barry bashir beata beatrice
    beatriz ben benedict benita benjamin bennett bernadette bernard bernice bertha bessie beth bethany bettina betty
    beverly bilal bill billy bjorn blanca bob bonnie boris brad bradley brandon brenda brian bridget brigitte
    brittany bronwyn bruce bruno bryan bukola caleb callum cameron camila camille candace carl carla carlos carlton
    carmela carmen carol caroline carolyn carrie cassandra catherine cecilia cedric celia chantal charlene charles
    charlie charlotte chelsea cheryl chester chiara chidi chinonso chioma chloe chris christian christina christine
    christopher cindy claire clara clarence claudia clayton clement clifford clinton clyde colette colin connie
    connor conrad constance cora corey cornelius craig cristina crystal curtis cynthia cyril daisy dale damian dan
    daniel daniela danielle darius dariusz darlene darnell darren darryl david davina dawn dean debbie deborah debra
    deepak deirdre delia delores delroy demetrius denise dennis derek deshawn desmond detlef devon devonte diana
    diane diego dieter dimitri dina dinesh dmitri dolores dominic dominik dominique don donald donna donovan dora
    doreen doris dorothy doug douglas dragan duc duncan dwayne dylan eamon earl earlene ebonie ebony eddie edgar
    edith edmund edna eduardo edward edwin effie eileen ekaterina elaine eleanor elena eli elias elijah elisa
    elisabeth elise eliza elizabeth ella ellen ellie elliot elliott elmer elsie elvira emeka emil emilia emilio
    emily emma emmanuel enrique enzo eric erica erik erika erin ernest erwin esperanza essie estelle esther eszter
    ethan ethel etienne eugene eugenia eunice eva evan evelina evelyn ezra fabian fadi faith farah fareed farid
    fatima fatou fatuma federico felicia felix ferdinand fernando filip fiona florence frances francesca francis
    francisco francois frank franklin fred frederic frederick freya friedrich fritz gabriel gabriela gabrielle gail
    ganesh gareth garrett gary gavin geeta gemma gene genevieve geoffrey george georgia gerald geraldine gerard
    gerda gertrude gianni gillian gina giovanni giulia giuseppe gladys glen glenn gloria gordon grace graham grant
    greg gregory greta gretchen gretel guadalupe gulsen gunter gunther gurpreet gustavo guy gwen gwendolen gwendolyn
    gwyneth habib haley halima hamza hanna hannah hans harjit harold harpreet harriet harry hartmut hassan hattie
    hazel heather hector heidi heike heinrich helen helena helga henrik henry herbert herman hilda hiroshi hoang
    holly horace horst howard hubert huda hugh hugo huong hussein hyun-woo ian ibrahim ida ifeoma igor ilona imani
    imelda imran ines inga ingeborg ingrid irene irina iris irma isaac isabel isabella isaiah ismail ivan ivana ivy
    iwona jacek jacinta jack jackie jackson jacob jacqueline jada jagdish jaime jake jakob jamal james jamie jamil
    jan jane janelle janet janice janina janine jared jaroslav jasmine jason javier jay jayden jean jeanette jeff
    jeffrey jelena jenna jennifer jenny jens jeremy jermaine jerome jerry jerzy jesper jesse jessica jesus ji-won
    jia-wei jill jim jimmy jin jitendra joachim joan joanna joanne joaquin jocelyn jochen joe joel johan johanna
    johannes john johnny jolanta jon jonas jonathan jordan jorge jose josef josefina joseph josephine joshua joy
    joyce jozef juan juanita judith judy julia julian juliana julie juliet juliette june jurgen justin jutta kaitlyn
    kamal kamala karen karim karin karina karl karla karolina karsten katarina katarzyna kate katerina katherine
    kathleen kathrin kathryn kathy katie katja katrin kaveh kayla kazuo keiko keisha keith kelly kelvin ken kendra
    kenji kenneth kenya kerry kevin khadija khalid kieran kim kimberly kiran kirsten klara klaus knut kofi krishna
    krista kristen kristin krystyna kurt kwabena kwame kwang kyle lakeisha lakisha lakshmi lamar lance larissa larry
    lars lashonda latasha latisha latonya latoya laura lauren laurie lawrence layla leah leandro lee leena leif
    leila lena lenora leo leon leonard leopold leroy leslie lester leticia lewis liam lidia liesel lila lillian lily
    lina linda lindsay lionel lisa liz ljiljana lloyd logan lois lola lorena lorenzo loretta lori lorna lorraine
    lottie louis louise lourdes lucas lucia lucille lucinda lucy luigi luis luisa luiz lukas lukasz luke luther
    lydia lyle lynda lynette lynn mabel maciej madeline mae magda magdalena maggie magnus mahmoud makoto malcolm
    malgorzata malik mamadou mandy manfred manuel marcel marcela marcin marco marcus marek margaret margarita margo
    margot marguerite maria mariam marian mariana marianne marie marija marilyn marina mario marion marisol mariusz
    marjorie mark markus marlene marlies marta martha martin martina marvin marwan mary maryam masako mason mateo
    mathilde matilda matteo matthew matthias mattie maud maureen maurice mavis max maxine maxwell maya meera megan
    mehdi mehmet mei mei-li mei-ling melanie melinda melissa melvin mercedes meredith mette mhairi mia micah michael
    michaela micheal michelle miguel mikael mike mikhail mildred milena miles milton min-jun mina ming minh minnie
    mirela miriam miroslav mitchell mitsuko mohamad mohamed mohammad mohammed mohan moira moises molly monica
    mordechai morgan morris mortimer moses muhammad muhammed muriel mustafa myles myra myrtle nabil nadezhda nadia
    nadine nancy naoko naomi nasser natalia natalie natalya natasha nathan nathaniel neal neha nehemiah neil nelson
    nestor nettie ngoc ngozi nia niamh nicholas nicola nicolai nicolas nicole nicolette niels nigel nikhil nikita
    nikolai nils nina nkechi noah noel noelle noor nora noreen norma norman nour obinna octavia odette olaf oleg
    olena olga oliver olivia olivier oluwaseun omar omari ophelia oscar oskar ottilie otto owen pablo padma paloma
    pam pamela paolo parvati pat patrice patricia patrick patrik paul paula paulette paulina pauline pawel pearl
    pedro peggy penelope percival percy perry petar pete peter petra petros phil philip phillip phoebe phuong
    phyllis pierre pietro pilar piotr polina pooja prakash preeti prem priscilla priya qing quang quentin quincy
    rachel radhika rafael rafaela rahul rainer raisa raj rajesh ralph ramesh ramon ramona randall randy rania raquel
    rasheed rashid rashida raul ravi ray raymond rebecca rebekah regina reginald reinhard renee reuben reza rhiannon
    rhoda rhonda ricardo riccardo richard rick ricky rina rishi rita rob robert roberta roberto robin rochelle
    roderick rodney rodrigo roger roland rolf romeo ron ronald ronnie rosa rosalie rosalind rosalyn rosanna rosario
    roscoe rose rosemary rosetta ross roxana roxanne roy ruby rudolf rufus rukhsana rupert ruslan russell rutger
    ruth ryan saanvi sabine sabrina sadie saeed safiya salim sally salma salvador salvatore sam samantha samir
    samira samuel sandra sandy sanjana sanjay santiago santosh saoirse sara sarah saul scott sean sebastian selena
    serena sergio seth seung shabnam shane shanice shanika shaniqua shannon shanti sharif sharon shaun shauna shawn
    sheila shelby shelley sherry shinji shirin shirley shreya siddharth sidney sierra sigrid silas silke silvia
    silvio simon simone simran sinead siobhan slavko snezana sofia soledad solomon sonia soo-jin sophia sophie soren
    stacey stacy stanislav stanley stefan stefania steffen stelian stella stephan stephanie stephen steve steven
    stig stuart sue suleiman sunil sunita suresh susan susanna sushila suzanne sven svetlana sybil sylvia szymon
    tabitha tadeusz taiwo takashi talia tamar tamara tamika tammy tamsin tania tanisha tanya tariq tasha tatiana ted
    teresa terrence terri terry tessa thandiwe thanh thea thelma theo theodore theresa therese thomas thorsten thuy
    tiffany tilda tim timothy tina tobias toby todd tom tomas tomasz tommy tomoko toni tony torsten tracey tracy
    travis trevor tricia troy trudy tuan tyler tyra tyrell tyrone ulrich ulrike umberto ursel ursula usha ute uwe
    vadim valentin valentina valeria valerie vanessa vasile venkat vera verna vernon veronica vesna vicki vicky
    victor victoria vidya vijay vikram viktor viktoria vinay vincent vincenzo vinod viola violet virginia vivian
    vivienne vladimir waleed wallace walter wanda warren wayan wayne wei wei-lin wendell wendy werner wesley wilbur
    wilfred wilhelm willard william willie wilma winifred winona winston wojciech wolfgang xavier xiaoming ximena
    xin xiomara yael yara yasmin yasmine yetunde yolanda yosef youssef yuki yuri yusuf yvette yvonne zachariah
    zachary zahra zainab zara zeinab zelda zhen zoe zofia zoltan zoran zsuzsanna
    """.split()
)

# First names that are words of a sentence too.
ORDINARY = frozenset(
    """
    alma april art bill charlotte christian dale dan daisy dawn dean drew earl ebony faith florence frank gene georgia
    glen grace grant guy hazel holly hope iris ivy jack jasmine jay jean joy june justin ken kenya lance lee mae mark
    max may mercedes miles mina ming norm norma olga pam pat pearl penny ray rick robin rose ruby sandy sierra stella
    sue summer terry victor violet virginia will
    """.split()
)
