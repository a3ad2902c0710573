"""First names by which a name without a title is told from the name of a system."""

FIRST_NAMES = frozenset(
    """
    aaron abdul abigail adam adrian adriana agnes ahmed aisha alan albert alejandra alejandro alex alexander alexandra
    alexis alfred ali alice alicia alison allan allison alma amanda amara amber amelia amina amir amy ana andre andrea
    andrew andy angel angela anika anil anita ann anna anne annette annie anthony antonio april arjun arthur asha
    ashley audrey ava barbara beatrice beatriz ben benjamin bernard bernice beth bethany betty beverly bilal bill
    billy blanca bob bonnie brad bradley brandon brenda brian bridget brittany bruce bryan caleb callum cameron camila
    carl carla carlos carmen carol caroline carolyn carrie catherine cecilia charles charlie charlotte cheryl chidi
    chloe chris christian christina christine christopher cindy claire clara clarence claudia colin connie connor
    constance craig crystal curtis cynthia daisy dale damian dan daniel daniela danielle darius darnell darren darryl
    david dawn dean deborah debra deepak delia delores denise dennis derek desmond devon diana diane diego dmitri
    dolores don donald donna dora doreen doris dorothy doug douglas duc duncan dwayne dylan earl ebony eddie edgar
    edith eduardo edward edwin eileen elaine eleanor elena eli elias elijah elisa elizabeth ella ellen ellie elsie
    emeka emil emily emma enrique eric erica erik erin ernest esperanza estelle esther ethan ethel eugene eva evan
    evelyn faith fatima felicia felix fernando fiona florence frances francesca francis francisco frank franklin fred
    frederick gabriel gabriela gail gareth gary gavin gemma gene geoffrey george georgia gerald geraldine gertrude
    gladys glen glenn gloria gordon grace graham grant greg gregory gretchen guadalupe gustavo guy gwen gwendolyn
    hannah harold harriet harry hassan hazel heather hector heidi helen helena henry herbert hiroshi holly howard hugh
    hugo ian ibrahim ida ifeoma igor imani imran ines ingrid irene iris isaac isabel isabella isaiah ivan ivy jack
    jackie jackson jacob jacqueline jada jaime jake jamal james jamie jan jane janet janice janine jared jasmine jason
    javier jay jean jeanette jeff jeffrey jenna jennifer jenny jeremy jerome jerry jesse jessica jesus jill jim jimmy
    jin joan joanna joanne joe joel johanna john johnny jon jonathan jordan jorge jose joseph josephine joshua joy
    joyce juan juanita judith judy julia julian julie june justin kamal karen karim karl kate katherine kathleen
    kathryn kathy katie kayla keisha keith kelly kelvin ken kenji kenneth kenya kevin khadija kim kimberly kiran
    krista kristen kristin kyle lakshmi lamar lance larry latoya laura lauren laurie lawrence leah lee leila lena leo
    leon leonard leroy leslie lester leticia lewis liam lila lillian lily linda lindsay lisa liz lloyd logan lois lola
    lorena loretta lori lorraine louis louise lucas lucia lucille lucy luis luke lydia lynn mabel mae maggie mahmoud
    malcolm malik mandy manuel marco marcus margaret margarita maria marian marie marilyn mario marion marisol
    marjorie mark marlene marta martha martin martina marvin mary mason mateo matilda matthew maureen maurice max
    maxine maya megan mei melanie melinda melissa melvin mercedes mia michael michaela micheal michelle miguel mike
    mildred miles milton mina ming minh miriam mitchell mohamed mohammad mohammed moira molly monica morgan moses
    muhammad muriel myra myrtle nadia nancy naomi natalia natalie natasha nathan nathaniel neha neil nelson ngozi nia
    nicholas nicola nicolas nicole nigel nikhil nina noah noel nora norma norman octavia olga oliver olivia omar
    ophelia oscar owen pablo pam pamela pat patricia patrick paul paula pauline pearl pedro peggy penelope percy perry
    pete peter petra phil philip phillip phyllis pierre pilar prakash priscilla priya rachel rafael raj rajesh ralph
    ramon randall randy rashid raul ravi ray raymond rebecca reginald renee reuben ricardo richard rick rita rob
    robert roberta roberto robin rochelle rodney rodrigo roger roland ron ronald rosa rosalie rosalind rosario rose
    rosemary ross roxanne roy ruby rupert russell ruth ryan sabrina sally salma sam samantha samir samuel sandra sandy
    sanjay santiago sara sarah saul scott sean sergio seth shane shannon sharon shaun shawn sheila shelby shelley
    sherry shirley sidney sierra silvia simon simone sofia sonia sophia sophie stacey stacy stanley stefan stella
    stephanie stephen steve steven stuart sue sunita susan suzanne sven sylvia tamara tamika tammy tania tanya tariq
    tasha ted teresa terrence terri terry thanh thelma theo theodore theresa thomas tiffany tim timothy tina toby todd
    tom tomas tommy toni tony tracey tracy travis trevor tricia troy tyler tyrone ursula valentina valerie vanessa
    vera verna veronica vicki vicky victor victoria vijay vikram vincent viola violet virginia vivian walter wanda
    warren wayne wei wendy wesley wilbur willard william willie wilma winifred winston xavier yasmin yolanda yuki
    yusuf yvette yvonne zachary zainab zara zoe zoltan
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
